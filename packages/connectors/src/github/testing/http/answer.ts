/** What the twin sends back. */
export interface HttpAnswer {
  status: number;
  headers?: Readonly<Record<string, string>>;
  /** Written as JSON; a text is sent as it is. */
  body?: unknown;
}

/** An error as GitHub's REST interface words it. */
export function errorAnswer(
  status: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): HttpAnswer {
  return {
    status,
    headers,
    body: { message, documentation_url: 'https://docs.github.com/rest', status: String(status) },
  };
}
