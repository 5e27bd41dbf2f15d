/** As little as an extension can do. */
export function activate() {
  return undefined;
}
