import { sql } from 'drizzle-orm';
import { readColumns } from '../../store/json-columns.ts';
import { yieldToEventLoop } from '../../store/yield-to-event-loop.ts';
import { keyOf, type SubjectContext } from '../subject-context.ts';
import { lastFullWeeks } from './full-weeks.ts';
import { largestShareBand } from './share-band.ts';

const fullWeeks = 13;
const weeksAtOnce = 2;
const weekMs = 7 * 86_400_000;
const mostEvidence = 2_000;

/** What people committed to a repository in the last thirteen full weeks and the one that runs. */
export interface CommitWork {
  count: number;
  /** When the first of them was made. */
  since: number;
  weekCount: number;
  authorCount: number;
  /** In tenths, rounded down; null where fewer than five people wrote them. */
  largestShare: number | null;
  /** The newest, so many as are kept. */
  ids: string[];
}

interface Counted {
  byAuthor: Map<string, number>;
  weeks: Set<number>;
  firstAt: number;
  ids: string[];
}

/** Returns it for each repository, under its key. */
export async function loadCommitWork(context: SubjectContext): Promise<Map<string, CommitWork>> {
  const { starts, currentStart } = lastFullWeeks(context, fullWeeks);
  const since = starts[0] ?? currentStart;
  const counted = new Map<string, Counted>();
  for (let from = since; from < context.now; from += weeksAtOnce * weekMs) {
    const until = Math.min(from + weeksAtOnce * weekMs, context.now + 1);
    await countSpan(context, { from, until, since }, counted);
    await yieldToEventLoop();
  }
  return new Map(
    [...counted].map(([key, { byAuthor, weeks, ids, firstAt }]): [string, CommitWork] => {
      const counts = [...byAuthor.values()];
      const count = counts.reduce((sum, one) => sum + one, 0);
      return [
        key,
        {
          count,
          since: firstAt,
          weekCount: weeks.size,
          authorCount: byAuthor.size,
          largestShare: largestShareBand(counts),
          ids: ids.slice(-mostEvidence),
        },
      ];
    }),
  );
}

async function countSpan(
  context: SubjectContext,
  { from, until, since }: { from: number; until: number; since: number },
  counted: Map<string, Counted>,
): Promise<void> {
  const { read } = context;
  const accounts = await context.accounts();
  const followers = await context.followers();
  const columns = await readColumns(
    read.store.read,
    ['id', 'source', 'repository', 'author', 'at'],
    sql`select c.id, c.source, c.repository_external_id as repository,
        c.author_account_external_id as author, c.committed_at as at
      from commits c where c.workspace_id = ${read.workspaceId} and c.committed_at >= ${from}
        and c.committed_at < ${until} and c.parent_count < 2
        and c.author_account_external_id is not null
      order by c.committed_at, c.id`,
  );
  const [ids = [], sources = [], repositories = [], authors = [], instants = []] = columns;
  for (const [row, id] of ids.entries()) {
    const source = String(sources[row]);
    const key = keyOf(source, String(repositories[row]));
    if (followers.has(key)) continue;
    const accountKey = keyOf(source, String(authors[row]));
    const account = accounts.get(accountKey);
    if (account?.isBot === true) continue;
    const known: Counted = counted.get(key) ?? {
      byAuthor: new Map(),
      weeks: new Set(),
      firstAt: Number(instants[row]),
      ids: [],
    };
    counted.set(key, known);
    // Two accounts of one person are one author.
    const author = account?.personId ?? accountKey;
    known.byAuthor.set(author, (known.byAuthor.get(author) ?? 0) + 1);
    known.weeks.add(Math.floor((Number(instants[row]) - since) / weekMs));
    known.ids.push(String(id));
  }
}
