/** JSON-RPC's range for what an implementation defines; the HTTP status says which. */
const refusedCode = -32_000;
const internalCode = -32_603;

/** Returns an answer that no server was asked for: an HTTP status, and the same as JSON-RPC without an id. */
export function refusal(
  status: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
  code: number = status >= 500 ? internalCode : refusedCode,
): Response {
  return Response.json({ jsonrpc: '2.0', error: { code, message }, id: null }, { status, headers });
}
