import { sql } from 'drizzle-orm';
import { AdjutantError } from '../errors.ts';
import { readAnswerMeta } from '../reads/answer-meta.ts';
import type { ReadContext } from '../reads/read-context.ts';
import { conditionsOf, countTerms } from '../search/count-terms.ts';
import { questionTerms } from '../search/question-terms.ts';
import type { SearchHit, SearchIndex } from '../search/search-index.ts';
import { queryTuples } from '../store/raw-query.ts';
import { yieldToEventLoop } from '../store/yield-to-event-loop.ts';
import type { AskQuery, KnowledgeAnswer } from './handle.ts';
import type { AnswerCandidate, DocumentCitation, KnowledgeMethod } from './knowledge-method.ts';
import { fuseReciprocally } from './fuse-reciprocally.ts';
import type { PartVectors } from './part-vectors.ts';
import { placesAsked } from './repositories-asked.ts';
import { everybodysAccess } from './everybodys-access.ts';
import {
  documentKey,
  readOwnersLines,
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
/** Parts that are counted for a word at most: a word in so many says little anyway. */
const mostCounted = 60_000;

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
  const owners = await readOwnersLines(store, workspaceId, [...documents.values()]);
  const candidates = withoutCopies(
    found.flatMap((hit) => toCandidate(hit, documents.get(documentKey(hit)), owners)),
  );
  const chosen = deps.method.answer({
    question,
    candidates,
    counts: await termCounts(context, question),
    partCount: await countParts(context),
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
    documentCount: await countDocuments(context),
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
  return fuseReciprocally([hits, near], (part) => `${documentKey(part)}\n${part.part}`).slice(
    0,
    candidateCount,
  );
}

function toCandidate(
  { part, source, externalId }: FoundPart,
  document: StoredDocument | undefined,
  owners: ReadonlyMap<string, AnswerCandidate['owners']>,
): AnswerCandidate[] {
  const found = document?.split.parts[part];
  // What the index still holds of a document that was changed or deleted since is left out.
  if (document === undefined || found === undefined || found.lines === null) return [];
  const { repositoryExternalId, path, commitSha, lastChangedAt, repository, split } = document;
  const { heading, text, lines } = found;
  const repositoryKey = documentKey({ source, externalId: repositoryExternalId });
  return [
    {
      ...{ source, externalId, part, path, commitSha, lastChangedAt, repository },
      ...{ heading, text, lines, title: split.title },
      owners: owners.get(repositoryKey) ?? [],
    },
  ];
}

/** One repository that two sources show, or a copied file, is told once. */
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
  const isWithin = part.lines.from <= from && from <= to && to <= part.lines.to;
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
async function termCounts(context: ReadContext, question: string): Promise<Map<string, number>> {
  const { store, workspaceId } = context;
  return countTerms(
    store.read,
    questionTerms(question).map(({ term }) => term),
    conditionsOf(workspaceId, { access: everybodysAccess, kinds: ['document'] }),
    mostCounted,
  );
}

async function countParts({ store, workspaceId }: ReadContext): Promise<number> {
  const [row] = await queryTuples<[number]>(
    store.read,
    sql`select count(*) from search_entries where workspace_id = ${workspaceId} and kind = 'document'`,
  );
  return row?.[0] ?? 0;
}

async function countDocuments({ store, workspaceId }: ReadContext): Promise<number> {
  const [row] = await queryTuples<[number]>(
    store.read,
    sql`select count(*) from documents where workspace_id = ${workspaceId}`,
  );
  return row?.[0] ?? 0;
}
