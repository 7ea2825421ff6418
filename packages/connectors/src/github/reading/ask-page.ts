import { AdjutantError } from '@adjutant/core';
import { type GithubClient, type GraphqlRequest, PageTooHeavy } from '../client/client.ts';
import type { GraphqlAnswer } from '../client/graphql-answer.ts';
import type { PageSize } from './page-size.ts';

const attemptsAtOne = 6;
const firstWaitMs = 1_000;

/** Asks for a page, for smaller ones while GitHub cannot give so much at once. */
export async function askPage(
  client: GithubClient,
  size: PageSize,
  build: (first: number) => Omit<GraphqlRequest, 'isPage'>,
): Promise<{ answer: GraphqlAnswer; first: number }> {
  for (let failures = 0; ; ) {
    const first = size.value;
    try {
      const answer = await client.graphql({ ...build(first), isPage: true });
      size.succeed();
      return { answer, first };
    } catch (error) {
      if (!(error instanceof PageTooHeavy)) throw error;
      if (size.halve()) continue;
      failures += 1;
      if (failures >= attemptsAtOne) throw tooHeavy();
      await client.governor.wait(firstWaitMs * 2 ** failures, 'failure');
    }
  }
}

function tooHeavy(): AdjutantError {
  return new AdjutantError('Upstream', 'GitHub fails even when asked for one thing at a time.', {
    source: 'github',
    retryable: true,
    status: 502,
    hint: 'Run "adjutant sync" again later; it goes on where it stopped.',
  });
}
