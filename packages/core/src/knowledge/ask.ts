import { sql } from 'drizzle-orm';
import { AdjutantError } from '../errors.ts';
import { readAnswerMeta } from '../reads/answer-meta.ts';
import type { ReadContext } from '../reads/read-context.ts';
import { conditionsOf, partsWithTerm } from '../search/count-terms.ts';
import { questionTerms } from '../search/question-terms.ts';
import type { SearchHit, SearchIndex } from '../search/search-index.ts';
import { queryTuples } from '../store/raw-query.ts';
import { yieldToEventLoop } from '../store/yield-to-event-loop.ts';
import type { AskQuery, KnowledgeAnswer } from './handle.ts';
import type {
  AnswerCandidate,
  DocumentCitation,
  KnowledgeMethod,
  TermCounts,
} from './knowledge-method.ts';
import { fuseReciprocally } from './fuse-reciprocally.ts';
import type { PartVectors } from './part-vectors.ts';
import { placesAsked } from './repositories-asked.ts';
import { everybodysAccess } from './everybodys-access.ts';
import { ownersOfFiles } from '../reviewers/owners-of-files.ts';
import {
  countDocuments,
  documentKey,
  readOwnerLines,
  readStoredDocuments,
  type StoredDocument,
} from './stored-documents.ts';

/** What answers are made with. */
export interface KnowledgeDeps {
  index: SearchIndex;
  method: KnowledgeMethod;
  /** Finds by meaning too, where the host brought an embedder. */
  vectors: PartVectors | null;
}

/** Parts that are looked at for one question. */
const candidateCount = 60;
const mostCitations = 20;
/** Parts that are read for one question: with many more the event loop would stand still. */
const mostRead = 600;
/** Parts that are counted for a word at most: a word in so many says little anyway. */
const mostCounted = 20_000;

/** Answers a question with places in documents that hold what was asked for. */
export async function ask(
  context: ReadContext,
  deps: KnowledgeDeps,
  { question, repository, limit = 5 }: AskQuery,
): Promise<KnowledgeAnswer> {
  if (question.trim() === '') {
    throw new AdjutantError('InvalidInput', 'There is no question.', { hint: 'Ask in words.' });
  }
  const { store, workspaceId, clock } = context;
  const places = await placesAsked(context, repository);
  const found = await findParts(context, deps, question, places);
  const documents = await readStoredDocuments({ store, workspaceId, method: deps.method }, found);
  await yieldToEventLoop();
  const owners = await ownersOf(context, documents);
  const candidates = withoutCopies(
    partsToRead(found, documents).flatMap((part) =>
      toCandidate(part, documents.get(documentKey(part)), owners.get(documentKey(part)) ?? []),
    ),
  );
  const documentCount = await countDocuments(store, workspaceId);
  const chosen = deps.method.answer({
    question,
    candidates,
    counts: await termCounts(context, question),
    partCount: await countParts(context),
    documentCount,
    now: clock.now(),
    limit: Math.min(Math.max(1, limit), mostCitations),
  });
  const citations = chosen.citations.filter((citation) => stands(citation, documents));
  return {
    question,
    outcome: citations.length > 0 ? 'answered' : 'no_source',
    citations,
    lookedFor: chosen.lookedFor,
    unknownWords: chosen.unknownWords,
    documentCount,
    meta: await readAnswerMeta(context),
  };
}

type Places = Awaited<ReturnType<typeof placesAsked>>;
type FoundPart = Pick<SearchHit, 'source' | 'externalId' | 'part'>;

async function findParts(
  context: ReadContext,
  { index, vectors }: KnowledgeDeps,
  question: string,
  places: Places,
): Promise<FoundPart[]> {
  const { hits } = await index.search(context.workspaceId, {
    text: question,
    kinds: ['document'],
    access: everybodysAccess,
    limit: candidateCount,
    ...(places === null ? {} : { places }),
  });
  if (vectors === null) return hits;
  // Where the embedder fails, words alone answer.
  const near = await vectors
    .nearest(context.workspaceId, question, { places, limit: candidateCount })
    .catch(() => []);
  return fuseReciprocally([hits, near], partKey).slice(0, candidateCount);
}

interface PartToRead extends FoundPart {
  foundAt: number | null;
}

/** What was found, each with the rest of its document as long as that is not too much. */
function partsToRead(
  found: readonly FoundPart[],
  documents: ReadonlyMap<string, StoredDocument>,
): PartToRead[] {
  const places = new Set(found.map(partKey));
  const whole: StoredDocument[] = [];
  let count = found.length;
  for (const key of new Set(found.map(documentKey))) {
    const document = documents.get(key);
    // One that is too long leaves room for those behind it.
    if (document === undefined || count + document.split.parts.length > mostRead) continue;
    count += document.split.parts.length;
    whole.push(document);
  }
  const others = whole.flatMap((document) =>
    document.split.parts
      .map((_, part) => ({
        source: document.source,
        externalId: document.externalId,
        part,
        foundAt: null,
      }))
      .filter((part) => !places.has(partKey(part))),
  );
  return [...found.map((hit, foundAt) => ({ ...hit, foundAt })), ...others];
}

function partKey(part: FoundPart): string {
  return `${documentKey(part)}\n${part.part}`;
}

function toCandidate(
  { part, source, externalId, foundAt }: PartToRead,
  document: StoredDocument | undefined,
  owners: readonly string[],
): AnswerCandidate[] {
  const found = document?.split.parts[part];
  // What the index still holds of a document that was changed or deleted since is left out.
  if (document === undefined || found === undefined || found.lines === null) return [];
  const { path, commitSha, lastChangedAt, repository, split } = document;
  const { heading, text, lines } = found;
  return [
    {
      ...{ source, externalId, part, path, commitSha, lastChangedAt, repository },
      ...{ heading, text, lines, title: split.title },
      owners,
      foundAt,
    },
  ];
}

/** Who owns each document. */
async function ownersOf(
  { store, workspaceId }: ReadContext,
  documents: ReadonlyMap<string, StoredDocument>,
): Promise<Map<string, string[]>> {
  const lines = await readOwnerLines(store, workspaceId, [...documents.values()]);
  return new Map(
    [...documents].map(([key, { source, repositoryExternalId, path }]) => {
      const ofRepository = lines.get(documentKey({ source, externalId: repositoryExternalId }));
      const owners = ownersOfFiles(ofRepository ?? [], [path]).map(({ owner }) => owner);
      return [key, owners.toSorted()];
    }),
  );
}

/** A copied file is told once. */
function withoutCopies(candidates: readonly AnswerCandidate[]): AnswerCandidate[] {
  const seen = new Set<string>();
  return candidates.filter(({ path, heading, lines, text }) => {
    const key = JSON.stringify([path, heading, lines.from, text]);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Whether a citation stands in the stored version just so: its heading, its lines, and what it quotes. */
function stands(
  citation: DocumentCitation,
  documents: ReadonlyMap<string, StoredDocument>,
): boolean {
  const document = documents.get(documentKey(citation));
  const part = document?.split.parts[citation.part];
  if (document === undefined || part === undefined || part.lines === null) return false;
  const { from, to } = citation.lines;
  const isWithin =
    1 <= from && from <= part.lines.from && part.lines.to <= to && to <= document.lines.length;
  const quoted = citation.snippet.text.replace(/^… /, '').replace(/ …$/, '');
  return (
    isWithin &&
    document.commitSha === citation.version &&
    part.heading === citation.heading &&
    document.lines
      .slice(from - 1, to)
      .join('\n')
      .includes(quoted)
  );
}

/**
 * In how many parts of documents each term of the question stands. Whether a word stands somewhere is an
 * answer too, so what the viewer may not find, and what is no document, is not counted.
 */
async function termCounts(
  context: ReadContext,
  question: string,
): Promise<Map<string, TermCounts>> {
  const { store, workspaceId } = context;
  const conditions = conditionsOf(workspaceId, { access: everybodysAccess, kinds: ['document'] });
  const counts = new Map<string, TermCounts>();
  for (const { term } of questionTerms(question)) {
    const [row] = await queryTuples<[parts: number, documents: number]>(
      store.read,
      sql`select count(*), count(distinct source || ' ' || external_id)
        from (${partsWithTerm(term, conditions, mostCounted)})`,
    );
    counts.set(term, { parts: row?.[0] ?? 0, documents: row?.[1] ?? 0 });
    await yieldToEventLoop();
  }
  return counts;
}

async function countParts({ store, workspaceId }: ReadContext): Promise<number> {
  const [row] = await queryTuples<[number]>(
    store.read,
    sql`select count(*) from search_entries where workspace_id = ${workspaceId} and kind = 'document'`,
  );
  return row?.[0] ?? 0;
}
