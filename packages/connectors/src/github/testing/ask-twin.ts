import type { GithubTwin } from './start-github-twin.ts';

export interface TwinError {
  type?: string;
  message: string;
  path?: (number | string)[];
}

export interface TwinAnswer<Data> {
  status: number;
  headers: Headers;
  data: Data | null;
  errors: TwinError[];
}

/** Sends a GraphQL request to the twin, as a client with the right token would. */
export async function askGraphql<Data>(
  twin: GithubTwin,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<TwinAnswer<Data>> {
  const response = await fetch(`${twin.url}/api/graphql`, {
    method: 'POST',
    headers: { authorization: `bearer ${twin.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  // What a test expects to come back is the test's to say.
  const body = (isJson ? JSON.parse(text) : {}) as { data?: Data | null; errors?: TwinError[] };
  const { data = null, errors = [] } = body;
  return { status: response.status, headers: response.headers, data, errors };
}

/** Sends a REST request to the twin. */
export function askRest(
  twin: GithubTwin,
  path: string,
  { headers = {}, ...options }: { method?: string; headers?: Record<string, string> } = {},
): Promise<Response> {
  return fetch(`${twin.url}/api/v3${path}`, {
    redirect: 'manual',
    headers: { authorization: `token ${twin.token}`, ...headers },
    ...options,
  });
}
