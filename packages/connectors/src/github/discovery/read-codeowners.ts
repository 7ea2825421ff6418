import { z } from 'zod';
import type { GithubClient } from '../client/client.ts';
import { isRefusal } from '../client/graphql-answer.ts';
import { rateLimitText } from '../reading/graphql-text.ts';

/** Where GitHub looks for the file; the first one there is holds. */
const places = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'];
/** GitHub itself reads no larger one. */
const largestBytes = 3_000_000;

const blobSchema = z.object({ text: z.string(), byteSize: z.number() });

/**
 * Returns the text of a repository's CODEOWNERS; null where there is none or none may be read, and
 * undefined where GitHub could not say.
 */
export async function readCodeowners(
  client: GithubClient,
  nodeId: string,
): Promise<string | null | undefined> {
  const files = places.map(
    (place, at) => `f${at}: object(expression: "HEAD:${place}") { ... on Blob { text byteSize } }`,
  );
  const answer = await client.graphql({
    name: 'Codeowners',
    text: `query Codeowners($id: ID!) {
  ${rateLimitText}
  node(id: $id) { ... on Repository { ${files.join(' ')} } }
}
`,
    variables: { id: nodeId },
  });
  if (answer.problems.some((problem) => !isRefusal(problem))) return undefined;
  const node = z.record(z.string(), z.unknown()).safeParse(answer.data['node']);
  if (!node.success) return null;
  for (const at of places.keys()) {
    const blob = blobSchema.safeParse(node.data[`f${at}`]);
    if (blob.success) return blob.data.byteSize > largestBytes ? null : blob.data.text;
  }
  return null;
}
