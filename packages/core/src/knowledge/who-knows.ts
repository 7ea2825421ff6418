import { sql } from 'drizzle-orm';
import { AdjutantError } from '../errors.ts';
import { readAnswerMeta } from '../reads/answer-meta.ts';
import type { ReadContext } from '../reads/read-context.ts';
import { keysJson } from '../search/search-feed.ts';
import { queryTuples } from '../store/raw-query.ts';
import type { KnowledgeDeps } from './ask.ts';
import type { KnownOwners, WhoKnowsAnswer } from './handle.ts';
import { readFoundRows } from './found-rows.ts';
import { placesAsked } from './repositories-asked.ts';
import { everybodysAccess } from './everybodys-access.ts';
import { ownersOfFiles } from '../reviewers/owners-of-files.ts';
import { documentKey, readOwnerLines } from './stored-documents.ts';

const placesTold = 8;
const workTold = 5;

type Places = Awaited<ReturnType<typeof placesAsked>>;

interface Spot {
  source: string;
  repositoryExternalId: string;
  path: string | null;
}

/**
 * Says who looks after a path or a topic: what CODEOWNERS names for the path, or for the documents and
 * the work that are about the topic, and the team of the repository. Nobody is counted or compared:
 * who wrote how much is told of no person (invariant 11).
 */
export async function whoKnows(
  context: ReadContext,
  deps: KnowledgeDeps,
  about: string,
): Promise<WhoKnowsAnswer> {
  if (about.trim() === '') {
    throw new AdjutantError('InvalidInput', 'There is nothing to look for.', {
      hint: 'Give a path or a topic.',
    });
  }
  const places = await placesAsked(context, undefined);
  const [spots, work] = await Promise.all([
    spotsAbout(context, deps, about, places),
    workAbout(context, deps, about, places),
  ]);
  const repositories = await readRepositories(context, [...spots, ...work.map(spotOfWork)]);
  const owners = await readOwnerLines(context.store, context.workspaceId, spots);
  const told = new Map<string, KnownOwners>();
  for (const { source, repositoryExternalId, path } of spots) {
    const key = documentKey({ source, externalId: repositoryExternalId });
    const repository = repositories.get(key);
    const named = path === null ? [] : ownersOfFiles(owners.get(key) ?? [], [path]);
    const place: KnownOwners = {
      repository: repository?.name ?? repositoryExternalId,
      path,
      owners: named.map(({ owner }) => owner).toSorted(),
      team: repository?.team ?? null,
    };
    if (place.owners.length > 0 || place.team !== null)
      told.set(JSON.stringify([place.repository, path]), place);
  }
  return {
    about,
    places: [...told.values()].slice(0, placesTold),
    recentWork: work.slice(0, workTold).map(({ id, key, title, at, ...spot }) => ({
      id,
      key,
      title,
      repository:
        repositories.get(documentKey({ source: spot.source, externalId: spot.place ?? '' }))
          ?.name ?? null,
      at,
    })),
    meta: await readAnswerMeta(context),
  };
}

/** A path is taken as one in every repository that has an ownership file; a topic by the documents about it. */
async function spotsAbout(
  context: ReadContext,
  deps: KnowledgeDeps,
  about: string,
  places: Places,
): Promise<Spot[]> {
  if (isPath(about)) {
    const rows = await queryTuples<[string, string]>(
      context.store.read,
      sql`select distinct source, repository_external_id from repository_owners
        where workspace_id = ${context.workspaceId} order by 1, 2`,
    );
    const allowed =
      places === null ? null : new Set(places.map(({ source, place }) => `${source}\n${place}`));
    return rows
      .filter(([source, id]) => allowed === null || allowed.has(`${source}\n${id}`))
      .map(([source, repositoryExternalId]) => ({
        source,
        repositoryExternalId,
        path: about.trim().replace(/^\.?\//, ''),
      }));
  }
  const { hits } = await deps.index.search(context.workspaceId, {
    text: about,
    kinds: ['document', 'pull_request'],
    access: everybodysAccess,
    limit: 30,
    ...(places === null ? {} : { places }),
  });
  return hits.flatMap(({ kind, source, place, path }) =>
    place === null
      ? []
      : [{ source, repositoryExternalId: place, path: kind === 'document' ? path : null }],
  );
}

function isPath(about: string): boolean {
  return /^\S+$/.test(about.trim()) && /[/.]/.test(about);
}

interface AboutWork {
  id: string;
  key: string;
  title: string;
  at: number | null;
  source: string;
  place: string | null;
}

async function workAbout(
  context: ReadContext,
  deps: KnowledgeDeps,
  about: string,
  places: Places,
): Promise<AboutWork[]> {
  const { hits } = await deps.index.search(context.workspaceId, {
    text: about,
    kinds: ['pull_request', 'work_item'],
    access: everybodysAccess,
    limit: 20,
    ...(places === null ? {} : { places }),
  });
  const rowOf = await readFoundRows(context, hits);
  const work = hits.flatMap((hit): AboutWork[] => {
    const id = rowOf(hit)?.id;
    if (id === undefined) return [];
    const { title, updatedAt: at, source, place } = hit;
    return [{ id, key: hit.path.split(' ')[0] ?? '', title, at, source, place }];
  });
  return work.toSorted((left, right) => (right.at ?? 0) - (left.at ?? 0));
}

function spotOfWork({ source, place }: AboutWork): Spot {
  return { source, repositoryExternalId: place ?? '', path: null };
}

async function readRepositories(
  { store, workspaceId }: ReadContext,
  spots: readonly Spot[],
): Promise<Map<string, { name: string; team: string | null }>> {
  const keys = spots.map(({ source, repositoryExternalId }) => ({
    source,
    externalId: repositoryExternalId,
  }));
  const rows = await queryTuples<[string, string, string, string | null]>(
    store.read,
    sql`select r.source, r.external_id, coalesce(r.full_name, r.name), t.name
      from (select distinct value->>0 as source, value->>1 as external_id from json_each(${keysJson(keys)})) k
      cross join repositories r on r.workspace_id = ${workspaceId} and r.source = k.source
        and r.external_id = k.external_id
      left join repository_teams o on o.workspace_id = r.workspace_id and o.source = r.source
        and o.repository_external_id = r.external_id
      left join teams t on t.workspace_id = r.workspace_id and t.id = o.team_id`,
  );
  return new Map(
    rows.map(([source, externalId, name, team]) => [
      documentKey({ source, externalId }),
      { name, team },
    ]),
  );
}
