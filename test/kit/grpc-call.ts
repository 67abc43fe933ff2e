import { type CallOptions, type Client, type ServiceError } from '@grpc/grpc-js';

type Callback<Response> = (error: ServiceError | null, response?: Response) => void;

/** A unary method as generated clients have it; types are inferred from its last overload. */
type UnaryMethod<Request, Response> = (request: Request, callback: Callback<Response>) => unknown;
/** The overload that is called. */
type WithOptions<Request, Response> = (
  request: Request,
  options: CallOptions,
  callback: Callback<Response>,
) => unknown;

/** Calls a unary method: `callUnary(client, client.GetAgent, request)`. */
export function callUnary<Request, Response>(
  client: Client,
  method: UnaryMethod<Request, Response>,
  request: Request,
  options: CallOptions = {},
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const call = method as unknown as WithOptions<Request, Response>;
    call.call(client, request, { deadline: Date.now() + 20_000, ...options }, (error, response) => {
      if (error !== null) reject(error);
      else resolve(response as Response);
    });
  });
}

/** What a call that must fail ends with. */
export async function failureOf(
  call: Promise<unknown>,
): Promise<{ code: number; details: string; error: ServiceError }> {
  try {
    await call;
  } catch (thrown) {
    const error = thrown as ServiceError;
    return { code: error.code, details: error.details, error };
  }
  throw new Error('the call succeeded');
}

/** The UTF-8 bytes of a text. */
export function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
