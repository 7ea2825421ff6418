import { generateGithubRepository, startGithubTwin } from '@adjutant/connectors/testing';
import { github, githubNormalisers } from '@adjutant/connectors/github';
import { createAdjutant } from '@adjutant/core';
import { readGraphqlBody } from '../../packages/connectors/src/github/client/graphql-answer.ts';
import { pullRequestKind } from '../../packages/connectors/src/github/streams/pull-request-kind.ts';
import { collectRows } from '../../packages/core/src/sync/collect-rows.ts';
import { parseOnly } from '../floors/parse-only.ts';
import { largePayloads } from '../large-payload.ts';
import { atMost, type BenchLine, interleave, type Pair } from '../measure.ts';
import { withTemporaryFolder } from '../temporary-folder.ts';

const largeCount = 2_000;
const pullRequests = 1_000;
const rounds = 31;
// A webhook and a request for one thing bring one payload, and what is parsed is let go.
const batchSize = 1;
const repository = { id: '1', fullName: 'acme/large' };

/** P11 for GitHub: parsing, checking and mapping what it answers against parsing it. */
export async function benchGithubPayloads(): Promise<BenchLine[]> {
  const rest = largePayloads(largeCount);
  const restPair = await measure(rest, (payloads) => {
    for (const payload of payloads) {
      const { pullRequests: rows = [] } = githubNormalisers.pullRequest(payload, { repository });
      if (rows.length !== 1) throw new Error('a payload was not understood');
    }
  });
  const pages = await recordedPages();
  const pagePair = await measure(pages, (bodies) => bodies.forEach(normalisePage));
  return [
    line(`P11 pull requests of REST, ${meanKilobytes(rest)} kB each`, restPair, rest.length),
    {
      ...line(
        `P11 pages of GraphQL, ${Math.round(pullRequests / pages.length)} pull requests and ${meanKilobytes(pages)} kB each`,
        pagePair,
        pages.length,
      ),
      must: 'printed, not judged: little that is not used',
      ok: true,
    },
  ];
}

function line(title: string, pair: Pair, count: number): BenchLine {
  return atMost(`${title}, parse + check + map`, pair, 1.15, 'µs', 1_000 / count);
}

async function measure(
  texts: readonly string[],
  normalise: (payloads: readonly unknown[]) => void,
): Promise<Pair> {
  const batches = Array.from({ length: Math.ceil(texts.length / batchSize) }, (_, batch) =>
    texts.slice(batch * batchSize, (batch + 1) * batchSize),
  );
  const ours = (): void => {
    for (const batch of batches) normalise(batch.map((text) => JSON.parse(text) as unknown));
  };
  const floor = (): void => {
    for (const batch of batches) parseOnly(batch);
  };
  await interleave(3, ours, floor);
  return interleave(rounds, ours, floor);
}

const definition = github({ repositories: ['acme/large'] });
const stream = definition.definition.streams.find(({ id }) => id === 'pull_requests');
const scope = { externalId: repository.id, name: repository.fullName, detail: {} };

/** All that a page goes through between the socket and the store. */
function normalisePage(body: unknown): void {
  const page = readGraphqlBody(body)?.data?.['node'];
  const nodes = (page as { page: { nodes: unknown[] } }).page.nodes;
  const records = nodes.map((node) => {
    const known = pullRequestKind.schema.parse(node);
    return { externalId: known.id, payload: pullRequestKind.toPayload(known, []) };
  });
  if (stream === undefined) throw new Error('there is no such stream');
  const { rows, unreadable } = collectRows(stream, records, scope, definition.config);
  if (unreadable.length > 0 || rows.size === 0) throw new Error('a page was not understood');
}

/** Pages as the twin answers them, as text. */
async function recordedPages(): Promise<string[]> {
  const { data } = generateGithubRepository({ pullRequests, overflowShare: 0, seed: 5 });
  const twin = await startGithubTwin({ data });
  const pages: string[] = [];
  const recording: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    const text = await response.clone().text();
    const asked = typeof init?.body === 'string' ? init.body : '';
    if (asked.includes('"PullRequests"')) pages.push(text);
    return response;
  };
  await withTemporaryFolder(async (folder) => {
    const { url: baseUrl, token } = twin;
    const connectors = [github({ repositories: ['acme/large'], baseUrl, token })];
    const adjutant = await createAdjutant({
      store: `${folder}/pages.db`,
      connectors,
      fetch: recording,
    });
    await adjutant.sync();
    await adjutant.close();
  });
  await twin.close();
  return pages;
}

function meanKilobytes(texts: readonly string[]): string {
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  return (bytes / texts.length / 1_000).toFixed(1);
}
