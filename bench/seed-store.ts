// A store of many pull requests with facts, written through the store's own bulk module: what the
// read and metric benchmarks look at. Seeded, so that every run sees the same.
import { pullRequestFactsSchema, seededRandom } from '@adjutant/core/domain';
import { hash } from 'node:crypto';
import { createAdjutant } from '@adjutant/core';
import { gt } from 'drizzle-orm';
import { buildPullRequest } from '@adjutant/core/testing';
import { domainTargets } from '../packages/core/src/store/domain-targets.ts';
import { upsertRows } from '../packages/core/src/store/bulk-write.ts';
import { openStore } from '../packages/core/src/store/open-store.ts';
import { tables } from '../packages/core/src/store/tables.ts';
import { ensureDefaultTeam } from '../packages/core/src/workspace/default-team.ts';

export const seedStart = Date.UTC(2024, 0, 1);
export const seedEnd = seedStart + 104 * 7 * 86_400_000;
const repositories = 60;
const openEvery = 1_700;
const hourMs = 3_600_000;
const chunk = 2_000;

export async function seedStore(path: string, count: number): Promise<void> {
  await (await createAdjutant({ store: path })).close();
  const store = await openStore(path);
  const teamId = await ensureDefaultTeam(store, 'default');
  const random = seededRandom(42);
  const logNormal = (medianHours: number): number => {
    const gauss = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return Math.round(medianHours * hourMs * Math.exp(gauss));
  };
  const repositoryRows = Array.from({ length: repositories }, (_, position) => ({
    source: 'example',
    externalId: `acme/service-${position}`,
    name: `service-${position}`,
    fullName: `acme/service-${position}`,
    url: null,
    defaultBranch: 'main',
    mergeStyle: 'merge',
  }));
  await store.transaction((transaction) =>
    upsertRows(transaction, domainTargets.repositories, 'default', repositoryRows),
  );
  let lastId = '';
  for (let start = 0; start < count; start += chunk) {
    const size = Math.min(chunk, count - start);
    const requests = Array.from({ length: size }, (_, offset) => {
      const position = start + offset;
      const isOpen = position % openEvery === 0;
      const openedAt = seedStart + Math.floor(random() * (seedEnd - seedStart));
      return buildPullRequest({
        externalId: `acme#${position}`,
        repositoryExternalId: `acme/service-${position % repositories}`,
        number: position,
        title: `Change ${position}: make the thing do what it should have done before`,
        state: isOpen ? 'open' : 'merged',
        openedAt,
        mergedAt: isOpen ? null : openedAt + logNormal(20),
        mergeSha: hash('sha1', String(position)),
      });
    });
    await store.transaction(async (transaction) => {
      await upsertRows(transaction, domainTargets.pullRequests, 'default', requests);
      const ids = await transaction
        .select({ id: tables.pullRequests.id, externalId: tables.pullRequests.externalId })
        .from(tables.pullRequests)
        .where(gt(tables.pullRequests.id, lastId))
        .orderBy(tables.pullRequests.id);
      lastId = ids.at(-1)?.id ?? lastId;
      const idByKey = new Map(ids.map((row) => [row.externalId, row.id]));
      const facts = requests.map((request) => {
        const codingMs = logNormal(10);
        const pickupMs = logNormal(4);
        const reviewMs = logNormal(8);
        const deployMs = logNormal(12);
        const mergedAt = request.mergedAt;
        const row = pullRequestFactsSchema.parse({
          source: 'example',
          pullRequestExternalId: request.externalId,
          repositoryExternalId: request.repositoryExternalId,
          factsVersion: 1,
          authorIsBot: false,
          openedAt: request.openedAt,
          mergedAt,
          closedAt: null,
          deployedAt: mergedAt === null ? null : mergedAt + deployMs,
          releasedAt: null,
          firstCommitAt: (request.openedAt ?? 0) - codingMs,
          codingMs,
          pickupMs,
          reviewMs,
          mergeWaitMs: null,
          deployMs: mergedAt === null ? null : deployMs,
          totalMs: mergedAt === null ? null : codingMs + pickupMs + reviewMs + deployMs,
          unattributedMs: mergedAt === null ? null : 0,
          firstCommitToMergeMs: mergedAt === null ? null : codingMs + pickupMs + reviewMs,
          releaseWaitMs: null,
          isHotfix: false,
          isRevert: false,
          deploymentMethod: mergedAt === null ? null : 'graph_diff',
          sizeLines: Math.round(codingMs / 60_000),
          reviewCount: 1,
          reviewerCount: 1,
          commentCount: 0,
          reworkRounds: 0,
          idleMs: mergedAt === null ? null : 0,
          lastActivityAt: mergedAt ?? request.openedAt,
          mergedWithoutReview: mergedAt === null ? null : false,
        });
        return { ...row, teamId, pullRequestId: idByKey.get(request.externalId) ?? '' };
      });
      const target = { table: tables.pullRequestFacts, key: ['source', 'pullRequestExternalId'] };
      await upsertRows(transaction, target, 'default', facts);
    });
  }
  await store.close();
}
