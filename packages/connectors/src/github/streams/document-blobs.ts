import { createHash } from 'node:crypto';
import { AdjutantError } from '@adjutant/core';
import { z } from 'zod';
import type { TreeEntry } from '../../documents/plan-documents.ts';
import type { ProbedRepository } from '../discovery/probed.ts';
import { type GithubClient, PageTooHeavy } from '../client/client.ts';
import { rateLimitText } from '../reading/graphql-text.ts';

/** A file of the tree with its bytes, or why there are none. */
export interface GivenBlob extends Pick<TreeEntry, 'path' | 'blob'> {
  content: Buffer | 'binary' | 'not_given';
}

const mostBlobsAtOnce = 25;
const mostBytesAtOnce = 1024 * 1024;

const textSchema = z.object({ text: z.string().nullish(), isBinary: z.boolean().nullish() });
const nodeSchema = z.record(z.string(), z.unknown());
const blobSchema = z.object({ content: z.string(), encoding: z.string() });

/**
 * Yields the content of files in groups, each in one request. GitHub cuts long texts and rewrites what
 * is in another encoding: whatever does not have the hash of its blob is asked for again by itself.
 */
export async function* readDocumentBlobs(
  client: Pick<GithubClient, 'get' | 'graphql'>,
  repository: Pick<ProbedRepository, 'nodeId' | 'fullName'>,
  entries: readonly TreeEntry[],
): AsyncGenerator<GivenBlob[]> {
  for (const group of groupsOf(entries)) {
    const texts = await textsOf(client, repository.nodeId, group);
    const given: GivenBlob[] = [];
    for (const { path, blob } of group) {
      const content = texts.get(blob) ?? (await contentOf(client, repository.fullName, blob));
      given.push({ path, blob, content });
    }
    yield given;
  }
}

function groupsOf(entries: readonly TreeEntry[]): TreeEntry[][] {
  const groups: TreeEntry[][] = [];
  let bytes = 0;
  for (const entry of entries) {
    const size = entry.byteCount ?? 0;
    const last = groups.at(-1);
    if (last === undefined || last.length >= mostBlobsAtOnce || bytes + size > mostBytesAtOnce) {
      groups.push([entry]);
      bytes = size;
    } else {
      last.push(entry);
      bytes += size;
    }
  }
  return groups;
}

/** Returns what one request gives of several files, by their blobs; what it does not give is left out. */
async function textsOf(
  client: Pick<GithubClient, 'get' | 'graphql'>,
  nodeId: string,
  group: readonly TreeEntry[],
): Promise<Map<string, Buffer | 'binary'>> {
  const blobs = [...new Set(group.map(({ blob }) => blob))];
  const declared = blobs.map((_, at) => `, $b${at}: GitObjectID!`).join('');
  const fields = blobs.map(
    (_, at) => `b${at}: object(oid: $b${at}) { ... on Blob { text isBinary } }`,
  );
  const found = new Map<string, Buffer | 'binary'>();
  const answer = await client
    .graphql({
      name: 'DocumentTexts',
      text: `query DocumentTexts($id: ID!${declared}) {
  ${rateLimitText}
  node(id: $id) { ... on Repository { ${fields.join('\n    ')} } }
}
`,
      variables: { id: nodeId, ...Object.fromEntries(blobs.map((blob, at) => [`b${at}`, blob])) },
      isPage: true,
    })
    .catch((error: unknown) => {
      if (error instanceof PageTooHeavy) return null;
      throw error;
    });
  const node = nodeSchema.safeParse(answer?.data['node']);
  for (const [at, blob] of node.success ? blobs.entries() : []) {
    const given = textSchema.safeParse(node.data?.[`b${at}`]);
    if (!given.success) continue;
    const { text, isBinary } = given.data;
    const content = isBinary === true ? 'binary' : Buffer.from(text ?? '');
    if (content === 'binary' || hasName(content, blob)) found.set(blob, content);
  }
  return found;
}

async function contentOf(
  client: Pick<GithubClient, 'get' | 'graphql'>,
  fullName: string,
  blob: string,
): Promise<Buffer | 'not_given'> {
  try {
    const path = `/repos/${fullName}/git/blobs/${blob}`;
    const { data } = await client.get(path, {}, null, { isLarge: true });
    const given = blobSchema.safeParse(data);
    if (!given.success) return 'not_given';
    const { content, encoding } = given.data;
    // Lines of base64 are broken, which decoding overlooks.
    const bytes = Buffer.from(content, encoding === 'base64' ? 'base64' : 'utf8');
    return hasName(bytes, blob) ? bytes : 'not_given';
  } catch (error) {
    if (AdjutantError.isInstance(error) && error.code === 'NotFound') return 'not_given';
    throw error;
  }
}

/** Whether these are the very bytes that git keeps under a name. */
function hasName(content: Buffer, blob: string): boolean {
  const hash = createHash(blob.length === 64 ? 'sha256' : 'sha1');
  return hash.update(`blob ${content.byteLength}\0`).update(content).digest('hex') === blob;
}
