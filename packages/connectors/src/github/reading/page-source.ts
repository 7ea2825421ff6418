import { AdjutantError } from '@adjutant/core';
import type { GithubClient } from '../client/client.ts';
import { isRefusal, isSizeProblem } from '../client/graphql-answer.ts';
import { z } from 'zod';
import { askPage } from './ask-page.ts';
import { pageInfoText, rateLimitText, withFragments } from './graphql-text.ts';
import type { PageSize } from './page-size.ts';
import { damageByPosition, type Damage } from './raw-node.ts';
import { valueAt } from './value-at.ts';

const attempts = 6;

/** A connection that is read page by page. */
export interface PageSource {
  /** Name of the operation. */
  name: string;
  /** Declarations beyond `$first` and `$after`. */
  declarations: string;
  variables: Readonly<Record<string, unknown>>;
  /** Returns the text around the selection; the connection is called `page`. */
  wrap(selection: string): string;
  /** Names of the fields on the way to `page`. */
  path: readonly string[];
  /** What people call what is listed. */
  plural: string;
  /** True where edges are wanted, which say more than their nodes. */
  isOfEdges?: boolean;
}

export interface Page {
  totalCount: number | null;
  endCursor: string | null;
  hasNextPage: boolean;
  /** As they came; null where one could not be given. */
  nodes: unknown[];
  damage: Map<number, Damage>;
  first: number;
  serverNow: number;
}

const pageSchema = z.object({
  totalCount: z.number().nullish(),
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() }),
  nodes: z.array(z.unknown()).nullish(),
});

/** Reads one page. @throws AdjutantError `Permission` or `NotFound` where the list itself is refused */
export async function readPage(
  client: GithubClient,
  source: PageSource,
  size: PageSize,
  options: { after: string | null; selection: string; parts: readonly string[] },
): Promise<Page> {
  for (let attempt = 1; ; attempt += 1) {
    const { answer, first } = await askPage(client, size, (wanted) => ({
      name: source.name,
      text: pageText(source, options),
      variables: { ...source.variables, first: wanted, after: options.after },
    }));
    if (answer.problems.some(isSizeProblem)) size.halve();
    const found = pageSchema.safeParse(valueAt(answer.data, [...source.path, 'page']));
    const listPath = [...source.path, 'page', 'nodes'];
    const { damage, others } = damageByPosition(answer.problems, listPath, options.parts);
    if (found.success) {
      const { totalCount, pageInfo, nodes } = found.data;
      return {
        totalCount: totalCount ?? null,
        endCursor: pageInfo.endCursor ?? null,
        hasNextPage: pageInfo.hasNextPage,
        nodes: nodes ?? [],
        damage,
        first,
        serverNow: answer.serverNow,
      };
    }
    const refusal = others.find(isRefusal);
    if (refusal !== undefined || answer.problems.length === 0) throw refused(source, refusal?.type);
    if (attempt >= attempts) throw neverWhole(source);
    await client.governor.wait(500 * 2 ** attempt, 'failure');
  }
}

function pageText(source: PageSource, { selection }: { selection: string }): string {
  const declared = source.declarations === '' ? '' : `${source.declarations}, `;
  return withFragments(`query ${source.name}(${declared}$first: Int!, $after: String) {
  ${rateLimitText}
  ${source.wrap(`{ totalCount ${pageInfoText} ${source.isOfEdges === true ? 'nodes: edges' : 'nodes'} { ${selection} } }`)}
}`);
}

function refused({ plural }: PageSource, type: string | null | undefined): AdjutantError {
  if (type === 'FORBIDDEN' || type === 'INSUFFICIENT_SCOPES') {
    return new AdjutantError('Permission', `The credential may not read ${plural}.`, {
      source: 'github',
      hint: 'Give it the permissions that docs/connectors/github.md lists. What was read before stays.',
    });
  }
  return new AdjutantError('NotFound', `GitHub shows no ${plural} to this credential any more.`, {
    source: 'github',
    hint: 'The repository was deleted, or the credential lost access to it. What was read before stays.',
  });
}

function neverWhole({ plural }: PageSource): AdjutantError {
  return new AdjutantError('Upstream', `GitHub gives no complete list of ${plural}.`, {
    source: 'github',
    retryable: true,
    hint: 'Run "adjutant sync" again later; it goes on where it stopped.',
  });
}
