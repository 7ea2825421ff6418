/** JSON-RPC's range for what an implementation defines; the HTTP status says which. */
const refusedCode = -32_000;
const internalCode = -32_603;

/**
 * Returns an answer that no server was asked for: an HTTP status, and the same as JSON-RPC, without an id
 * unless the message was read that far.
 */
export function refusal(
  status: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
  { code, id = null }: { code?: number; id?: string | number | null } = {},
): Response {
  const error = { code: code ?? (status >= 500 ? internalCode : refusedCode), message };
  return Response.json({ jsonrpc: '2.0', error, id }, { status, headers });
}
