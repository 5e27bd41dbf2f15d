import { readFilePlace } from './file-place.ts';

/** The file that a link leads to, where it is no address of the web. */
export function fileNamed(href: string): string | undefined {
  const path = /^[a-z][\w+.-]*:/i.test(href) ? undefined : decoded(href);
  return path === undefined || readFilePlace(path) === undefined ? undefined : path;
}

/** Undefined where it is not encoded as it should be. */
function decoded(href: string): string | undefined {
  try {
    return decodeURIComponent(href);
  } catch {
    return undefined;
  }
}
