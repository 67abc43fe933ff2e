/** Calls back when one of the signals is aborted. Returns how to stop waiting for it. */
export function onAbort(signals: readonly AbortSignal[], callback: () => void): () => void {
  for (const signal of signals) signal.addEventListener('abort', callback, { once: true });
  return () => {
    for (const signal of signals) signal.removeEventListener('abort', callback);
  };
}
