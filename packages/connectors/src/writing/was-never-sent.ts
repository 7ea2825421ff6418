/** Codes of failures before a connection stood, where the call that failed was one of these. */
const beforeSending = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);
/** On a connection that stands, a network that is gone fails alike, after the request has left. */
const connecting = new Set(['connect', 'getaddrinfo']);

/** True where a request failed before a connection stood: it cannot have left. */
export function wasNeverSent(error: unknown): boolean {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    if (isBeforeSending(at)) return true;
  }
  return false;
}

function isBeforeSending(error: Error): boolean {
  // A host with several addresses: each was tried, and only the single failures name the call.
  if (error instanceof AggregateError) {
    const { errors } = error;
    return errors.length > 0 && errors.every((one) => one instanceof Error && isBeforeSending(one));
  }
  const code = 'code' in error ? error.code : null;
  if (code === 'UND_ERR_CONNECT_TIMEOUT') return true;
  const syscall = 'syscall' in error ? error.syscall : null;
  return (
    typeof code === 'string' &&
    beforeSending.has(code) &&
    typeof syscall === 'string' &&
    connecting.has(syscall)
  );
}
