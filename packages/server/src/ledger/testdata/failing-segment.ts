import { createSegmentFile, type Segment } from '../segment-file.ts';

/** What a disk does. */
export interface DiskFaults {
  /** Thrown by writes, after half of the octets were written. */
  write?: Error | undefined;
  /** Thrown when a file is synced. */
  sync?: Error | undefined;
  /** Thrown when a file is made. */
  create?: Error | undefined;
}

/** An error as the operating system reports it. */
export function systemError(code: 'ENOSPC' | 'EIO'): Error {
  return Object.assign(new Error(`${code}: the disk`), { code });
}

/** Makes journal files on a disk with faults. */
export function onFaultyDisk(faults: DiskFaults): (directory: string, name: string) => Segment {
  return (directory, name) => {
    if (faults.create !== undefined) throw faults.create;
    const file = createSegmentFile(directory, name);
    let lost = 0;
    return {
      name,
      get size() {
        return file.size - lost;
      },
      write(bytes) {
        if (faults.write === undefined) {
          file.write(bytes);
          return;
        }
        const half = bytes.subarray(0, bytes.length >> 1);
        file.write(half);
        lost += half.length;
        throw faults.write;
      },
      sync: () => (faults.sync === undefined ? file.sync() : Promise.reject(faults.sync)),
      close: () => file.close(),
      delete: () => file.delete(),
    };
  };
}
