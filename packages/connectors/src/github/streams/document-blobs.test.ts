import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { TreeEntry } from '../../documents/plan-documents.ts';
import type { GithubClient, RestAnswer } from '../client/client.ts';
import { type GivenBlob, readDocumentBlobs } from './document-blobs.ts';
import { readTree } from './document-tree.ts';

const nameOf = (bytes: Buffer): string =>
  createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');

function entryOf(path: string, bytes: Buffer): TreeEntry {
  return { path, kind: 'file', blob: nameOf(bytes), byteCount: bytes.length };
}

const answerOf = (data: unknown): RestAnswer => {
  return { status: 200, notModified: false, data, headers: {}, serverNow: 0 };
};

function clientOf(texts: Record<string, unknown>, rest: unknown) {
  const client: Pick<GithubClient, 'get' | 'graphql'> = {
    graphql: async () => ({ data: { node: texts }, problems: [], serverNow: 0 }),
    get: async () => answerOf(rest),
  };
  return client;
}

async function read(client: Pick<GithubClient, 'get' | 'graphql'>, entries: TreeEntry[]) {
  const given: GivenBlob[] = [];
  const repository = { nodeId: 'R_1', fullName: 'acme/widgets' };
  for await (const group of readDocumentBlobs(client, repository, entries)) given.push(...group);
  return given.map(({ content }) => content);
}

test('a text in another encoding is taken byte by byte, not as GitHub rewrites it', async () => {
  const bytes = Buffer.from('zébra', 'latin1');
  const content = bytes.toString('base64').replaceAll(/.{3}/g, '$&\n');
  const client = clientOf({ b0: { text: 'zébra' } }, { content, encoding: 'base64' });
  expect(await read(client, [entryOf('README.md', bytes)])).toEqual([bytes]);
});

test('bytes that are not those of the blob are not taken', async () => {
  const entries = [entryOf('README.md', Buffer.from('zebra'))];
  const other = { content: 'okapi', encoding: 'utf-8' };
  expect(await read(clientOf({ b0: { text: 'okapi' } }, other), entries)).toEqual(['not_given']);
  for (const broken of [null, 'text', {}, { content: 1, encoding: 'base64' }]) {
    expect(await read(clientOf({}, broken), entries)).toEqual(['not_given']);
  }
});

test('the same content under two paths is asked for once', async () => {
  const bytes = Buffer.from('zebra');
  const client = clientOf({ b0: { text: 'zebra' } }, null);
  const entries = [entryOf('README.md', bytes), entryOf('docs/README.md', bytes)];
  expect(await read(client, entries)).toEqual([bytes, bytes]);
});

test('links, submodules and what is damaged are told apart in a list of files', async () => {
  const sha = 'a'.repeat(40);
  const tree = [
    { path: 'README.md', mode: '100644', type: 'blob', sha, size: 5, url: 'x' },
    { path: 'docs', mode: '040000', type: 'tree', sha },
    { path: 'docs/link.md', mode: '120000', type: 'blob', sha, size: 3 },
    { path: 'docs/other', mode: '160000', type: 'commit', sha },
    { path: 'docs/bad.md', mode: '100644', type: 'blob', sha: '../../user' },
    { path: 7 },
    null,
  ];
  const client = { get: async () => answerOf({ sha, tree, truncated: true }) };
  expect(await readTree(client, 'acme/widgets', sha)).toEqual({
    entries: [
      { path: 'README.md', kind: 'file', blob: sha, byteCount: 5 },
      { path: 'docs/link.md', kind: 'link', blob: sha, byteCount: 3 },
      { path: 'docs/other', kind: 'submodule', blob: sha, byteCount: null },
    ],
    isWhole: false,
  });
});

test('a list in a form that nobody knows is an error and no empty repository', async () => {
  const client = { get: async () => answerOf({ message: 'hello' }) };
  await expect(readTree(client, 'acme/widgets', 'abc')).rejects.toMatchObject({ code: 'Upstream' });
});
