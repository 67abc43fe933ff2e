/** How a stream ends: by the caller's wish, or with an error. Only the first end counts. */
export interface Ending {
  readonly reached: Promise<void>;
  readonly succeed: () => void;
  readonly fail: (error: Error) => void;
}

/** An end that has not come yet. */
export function createEnding(): Ending {
  let succeed = (): void => undefined;
  let fail: (error: Error) => void = () => undefined;
  const reached = new Promise<void>((resolve, reject) => {
    succeed = resolve;
    fail = reject;
  });
  return { reached, succeed, fail };
}
