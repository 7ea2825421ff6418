import { createAdjutant, type KnowledgeAnswer, type WorkspaceHandle } from '@adjutant/core';
import { createFakeClock, createRowsConnector } from '@adjutant/core/testing';
import { knowledgeMethod } from '@adjutant/insights';
import type { EvaluationLine } from '../evaluation-line.ts';
import { type CorpusDocument, corpusRows, readCorpus } from './corpus.ts';
import { heldOutOffTopicQuestions, heldOutQuestions } from './held-out-questions.ts';
import { firstSet } from './known/first-set.ts';
import { secondSet } from './known/second-set.ts';
import { thirdSet } from './known/third-set.ts';
import { fourthSet } from './known/fourth-set.ts';
import { fifthSet } from './known/fifth-set.ts';
import type { RetrievalQuestion } from './retrieval-question.ts';

const mask = /\[(?:secret|private key)\]/;
const leastRecall = 0.85;
const leastRefused = 0.95;
const citationsPerAnswer = 5;

const known = [firstSet, secondSet, thirdSet, fourthSet, fifthSet];
/** What answers were tuned on, and what was written after that, by somebody who had not seen how it is done. */
const sets = [
  {
    name: 'known',
    questions: known.flatMap(({ questions }) => questions),
    offTopic: known.flatMap(({ offTopic }) => offTopic),
  },
  { name: 'held out', questions: heldOutQuestions, offTopic: heldOutOffTopicQuestions },
];

interface Asked {
  question: RetrievalQuestion;
  answer: KnowledgeAnswer;
}

/**
 * Asks questions over documents of open-source packages, the whole way through sync, index and answer:
 * whether the right place is among the first five, whether every citation stands in its file, and
 * whether nothing is said where the documents say nothing.
 */
export async function evaluateRetrieval(): Promise<EvaluationLine[]> {
  const corpus = readCorpus();
  const { rows, texts } = corpusRows(corpus);
  const connector = createRowsConnector({
    id: 'corpus',
    scope: { externalId: 'corpus', name: 'corpus', detail: {} },
    records: () => ({ corpus: rows }),
    texts: () => texts,
  });
  const clock = createFakeClock();
  const adjutant = await createAdjutant({
    store: ':memory:',
    connectors: [connector],
    knowledge: knowledgeMethod,
    clock,
  });
  try {
    await adjutant.sync();
    const handle = adjutant.workspace().as(await adjutant.owner());
    const lines: EvaluationLine[] = [corpusLine(corpus)];
    const answers: KnowledgeAnswer[] = [];
    const startedAt = performance.now();
    for (const set of sets) {
      const asked = await askAll(handle, set.questions);
      const offTopic = await askEach(handle, set.offTopic);
      lines.push(recallLine(set.name, asked, corpus), offTopicLine(set.name, offTopic));
      answers.push(...asked.map(({ answer }) => answer), ...offTopic);
    }
    const meanMs = (performance.now() - startedAt) / answers.length;
    return [
      ...lines,
      citationLine(answers, corpus),
      {
        title: 'mean time of an answer',
        found: `${meanMs.toFixed(1)} ms`,
        must: 'told, not judged',
        ok: true,
      },
    ];
  } finally {
    await adjutant.close();
  }
}

async function askAll(
  handle: WorkspaceHandle,
  asked: readonly RetrievalQuestion[],
): Promise<Asked[]> {
  const answers = await askEach(
    handle,
    asked.map(({ ask }) => ask),
  );
  return asked.map((question, at) => ({ question, answer: answers[at] as KnowledgeAnswer }));
}

async function askEach(
  handle: WorkspaceHandle,
  texts: readonly string[],
): Promise<KnowledgeAnswer[]> {
  const answers: KnowledgeAnswer[] = [];
  for (const question of texts) {
    answers.push(await handle.knowledge.ask({ question, limit: citationsPerAnswer }));
  }
  return answers;
}

function corpusLine(corpus: readonly CorpusDocument[]): EvaluationLine {
  const missing = new Set(sets.flatMap((set) => set.questions.map(({ file }) => file)));
  for (const { path } of corpus) missing.delete(path);
  const asked = sets.reduce((sum, set) => sum + set.questions.length, 0);
  const offTopic = sets.reduce((sum, set) => sum + set.offTopic.length, 0);
  return {
    title: 'documents',
    found: `${corpus.length}, ${asked} questions and ${offTopic} off topic`,
    must: 'all that are asked about, at least 60 questions and 15 off topic',
    ok: missing.size === 0 && asked >= 60 && offTopic >= 15,
    details: [...missing].map((file) => `not installed: ${file}`),
  };
}

function recallLine(
  set: string,
  asked: readonly Asked[],
  corpus: readonly CorpusDocument[],
): EvaluationLine {
  const texts = new Map(corpus.map(({ path, text }) => [path, text.split('\n')]));
  const missed = asked.filter(({ question, answer }) => !isFound(question, answer, texts));
  const recall = 1 - missed.length / asked.length;
  return {
    title: `recall at ${citationsPerAnswer}, questions ${set}`,
    found: `${recall.toFixed(3)} (${asked.length - missed.length} of ${asked.length})`,
    must: `at least ${leastRecall}`,
    ok: recall >= leastRecall,
    details: missed.map(({ question, answer }) => {
      const told = answer.citations.map(
        ({ path, heading }) => `${path} > ${heading.split(' > ').at(-1)}`,
      );
      const wanted = question.heading ?? question.phrase ?? '';
      return `missed: ${question.ask} [${question.file}: ${wanted}] told: ${told.join(' | ') || 'no source'}`;
    }),
  };
}

function isFound(
  { file, heading, phrase }: RetrievalQuestion,
  { citations }: KnowledgeAnswer,
  texts: ReadonlyMap<string, string[]>,
): boolean {
  return citations.some((citation) => {
    if (citation.path !== file) return false;
    const { from, to } = citation.lines;
    const lines = (texts.get(file) ?? []).slice(from - 1, to);
    const headings = [citation.heading, ...lines.filter((line) => /^\s*(?:#|<h\d)/i.test(line))];
    const hasHeading =
      heading !== undefined && headings.some((one) => plain(one).includes(plain(heading)));
    return hasHeading || (phrase !== undefined && lines.join('\n').includes(phrase));
  });
}

function plain(text: string): string {
  return text.replaceAll('`', '').toLowerCase();
}

/** Held against the files themselves, not against what is stored of them. */
function citationLine(
  answers: readonly KnowledgeAnswer[],
  corpus: readonly CorpusDocument[],
): EvaluationLine {
  const texts = new Map(corpus.map(({ path, text }) => [path, text.split('\n')]));
  const citations = answers.flatMap((answer) => answer.citations);
  const wrong = citations.filter(({ path, lines, snippet }) => {
    const text = (texts.get(path) ?? []).slice(lines.from - 1, lines.to).join('\n');
    // What looked like a secret was masked before it was stored: around it, the file's own words.
    const told = snippet.text.replace(/^… /, '').replace(/ …$/, '').split(mask);
    return !told.every((piece) => text.includes(piece));
  });
  return {
    title: 'citations that stand in their file, in their lines',
    found: `${citations.length - wrong.length} of ${citations.length}`,
    must: 'all',
    ok: wrong.length === 0 && citations.length > 0,
    details: wrong.map(({ path, lines }) => `not there: ${path} ${lines.from}-${lines.to}`),
  };
}

function offTopicLine(set: string, answers: readonly KnowledgeAnswer[]): EvaluationLine {
  const answered = answers.filter(({ outcome }) => outcome !== 'no_source');
  return {
    title: `off-topic questions without an answer, questions ${set}`,
    found: `${(1 - answered.length / answers.length).toFixed(3)} (${answers.length - answered.length} of ${answers.length})`,
    must: `at least ${leastRefused}`,
    ok: answered.length <= answers.length * (1 - leastRefused),
    details: answered.map(({ question, citations }) => {
      const told = citations.map(({ path, heading }) => `${path} > ${heading}`);
      return `answered: ${question} with ${told.slice(0, 2).join(' | ')}`;
    }),
  };
}
