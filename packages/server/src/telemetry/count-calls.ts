import type { Metrics } from '@signet/daemon';
import { statusFor } from '../rpc/status.ts';

/** SPIRE's metric keys, `bundle.fetch`, by the methods whose calls they count. */
export type CallKeys<Target> = { readonly [Name in keyof Target]?: string };

type Method = (...args: readonly unknown[]) => Promise<unknown>;

/**
 * The object, with calls of some of its methods counted and timed: by their status, under SPIRE's names.
 *
 * The promise is the method's own, so that nothing waits for the counting.
 *
 * @param target - an object whose methods do not use `this`.
 * @param prefix - what the keys begin with: `datastore`.
 */
export function countCalls<Target extends object>(
  target: Target,
  prefix: readonly string[],
  keys: CallKeys<Target>,
  metrics: Metrics,
): Target {
  const counted = Object.entries(keys as Readonly<Record<string, string | undefined>>).flatMap(
    ([name, key]) => {
      const method = (target as Readonly<Record<string, Method | undefined>>)[name];
      if (key === undefined || method === undefined) return [];
      return [[name, countMethod(method, [...prefix, ...key.split('.')], metrics)] as const];
    },
  );
  return { ...target, ...Object.fromEntries(counted) };
}

function countMethod(method: Method, key: readonly string[], metrics: Metrics): Method {
  const counter = metrics.callCounter(key);
  return (...args) => {
    const end = counter.start();
    const answer = method(...args);
    answer.then(
      () => end(0),
      (error: unknown) => end(statusFor(error, '').code),
    );
    return answer;
  };
}
