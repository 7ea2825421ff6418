import { parseOutsideJson } from '@adjutant/core/ports';
/**
 * Returns what a body holds as JSON; null where it breaks off or is none. Octokit's own reading asks
 * of each value whether it is a number beyond 2^53, which costs ten times the parsing. GraphQL gives
 * such numbers as text.
 */
export async function readJsonBody(body: unknown): Promise<unknown> {
  if (!(body instanceof ReadableStream)) return body;
  try {
    return parseOutsideJson(await new Response(body).text());
  } catch {
    return null;
  }
}
