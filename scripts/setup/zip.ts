import { readFileSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';

export interface ZipEntry {
  readonly name: string;
  /** Bytes it takes in the archive. */
  readonly packedSize: number;
  read(): Buffer;
}

const endOfDirectory = 0x06054b50;
const endOfDirectorySize = 22;

/** The files of a zip archive (a .vsix and a Python wheel are such): under 4 GB, stored or deflated, as these are. */
export function readZip(file: string): ZipEntry[] {
  const archive = readFileSync(file);
  let end = archive.length - endOfDirectorySize;
  while (end >= 0 && archive.readUInt32LE(end) !== endOfDirectory) end -= 1;
  if (end < 0) throw new Error(`${file} is not a zip archive`);

  const entries: ZipEntry[] = [];
  let position = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    const method = archive.readUInt16LE(position + 10);
    const packedSize = archive.readUInt32LE(position + 20);
    const nameLength = archive.readUInt16LE(position + 28);
    const otherLength = archive.readUInt16LE(position + 30) + archive.readUInt16LE(position + 32);
    const header = archive.readUInt32LE(position + 42);
    const name = archive.toString('utf8', position + 46, position + 46 + nameLength);
    const read = (): Buffer => {
      // The header beside the data has name and extra lengths of its own.
      const start = header + 30 + archive.readUInt16LE(header + 26) + archive.readUInt16LE(header + 28);
      const packed = archive.subarray(start, start + packedSize);
      return method === 0 ? packed : inflateRawSync(packed);
    };
    if (!name.endsWith('/')) entries.push({ name, packedSize, read });
    position += 46 + nameLength + otherLength;
  }
  return entries;
}
