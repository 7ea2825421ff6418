import type {
  DocumentCitation,
  FoundItem,
  KnowledgeAnswer,
  SearchAnswer,
  WhoKnowsAnswer,
} from '@adjutant/core';
import { countOf, formatDay, plainText, wrapToWidth } from '@adjutant/insights';
import { freshnessText } from './answer-notes.ts';
import type { Output } from './output.ts';

const kindWords: Record<FoundItem['kind'], string> = {
  document: 'document',
  pull_request: 'pull request',
  work_item: 'work item',
};

/** Returns the places that answer a question, each with what it says and where. */
export function answerText(answer: KnowledgeAnswer, output: Output): string {
  if (answer.outcome === 'no_source') return noSourceText(answer, output);
  return [
    freshnessText(answer.meta),
    ...answer.citations.flatMap((one) => citationLines(one, output)),
  ].join('\n');
}

function noSourceText(answer: KnowledgeAnswer, { columns }: Output): string {
  const { lookedFor, unknownWords, documentCount } = answer;
  const words = (list: readonly string[]): string =>
    list.map((word) => plainText(word, 60)).join(', ');
  const nowhere =
    unknownWords.length === 0
      ? ''
      : ` ${words(unknownWords)} ${unknownWords.length === 1 ? 'stands' : 'stand'} in none of them.`;
  const said =
    documentCount === 0
      ? 'No source found: no document was read yet. "adjutant sync" reads those of the repositories.'
      : `No source found in ${countOf(documentCount, 'document')}. Looked for: ${words(lookedFor)}.${nowhere}`;
  return [freshnessText(answer.meta), ...wrapToWidth(said, columns, 12)].join('\n');
}

function citationLines(citation: DocumentCitation, output: Output): string[] {
  const { repository, path, lines, heading, title, snippet, version, freshness, owners } = citation;
  const where = `${plainText(repository, 80)} ${plainText(path, 160)}:${lines.from}-${lines.to}`;
  const changed =
    freshness.lastChangedAt === null
      ? 'age unknown'
      : `changed ${formatDay(freshness.lastChangedAt)}${freshness.isStale === true ? ', may be out of date' : ''}`;
  const owned =
    owners.length === 0
      ? ''
      : `; owned by ${owners.map((owner) => plainText(owner, 60)).join(', ')}`;
  const quote = wrapToWidth(plainText(snippet.text, 440), output.columns - 4, 8);
  return [
    '',
    output.colors.bold(plainText(heading === '' ? title : heading, 160)),
    ...quote.map((line) => `  > ${line}`),
    `  ${where} (${plainText(version, 12).slice(0, 12)}; ${changed}${owned})`,
    ...(citation.url === null ? [] : [`  ${plainText(citation.url, 300)}`]),
  ];
}

/** Returns what was found by its words, one line each with where it is. */
export function foundText(
  { items, hasMore, lookedFor, meta }: SearchAnswer,
  output: Output,
): string {
  const lines = items.flatMap((item) => {
    const place = [item.repository, item.path]
      .filter((part) => part !== null && part !== '')
      .join(' ');
    const at = item.lines === null ? '' : `:${item.lines.from}-${item.lines.to}`;
    return [
      '',
      `${output.colors.bold(plainText(item.title, 120))} (${kindWords[item.kind]})`,
      `  ${plainText(place, 200)}${at}`,
      ...(item.snippet === null
        ? []
        : wrapToWidth(plainText(item.snippet.text, 260), output.columns - 4, 4).map(
            (line) => `  > ${line}`,
          )),
    ];
  });
  const words = lookedFor.map((word) => plainText(word, 60)).join(', ');
  if (items.length === 0) lines.push(`Nothing found for ${words}.`);
  if (hasMore) lines.push('', 'There is more; --limit shows it.');
  return [freshnessText(meta), ...lines].join('\n');
}

/** Returns who looks after something: owners and teams, in alphabetical order. */
export function ownersText(
  { about, places, recentWork, meta }: WhoKnowsAnswer,
  output: Output,
): string {
  const lines = places.flatMap(({ repository, path, owners, team }) => {
    const named = [...owners, ...(team === null ? [] : [`team ${team}`])].map((one) =>
      plainText(one, 80),
    );
    const where = path === null ? '' : ` ${plainText(path, 160)}`;
    return [`  ${plainText(repository, 80)}${where}: ${named.join(', ')}`];
  });
  const nobody = `No CODEOWNERS file and no team says who looks after ${plainText(about, 120)}.`;
  const work = recentWork.map(({ key, title, at }) => {
    const day = at === null ? '' : ` (${formatDay(at)})`;
    return `  ${plainText(key, 40)} ${plainText(title, 120)}${day}`;
  });
  return [
    freshnessText(meta),
    '',
    ...(lines.length === 0 ? [nobody] : [output.colors.bold('Who looks after it'), ...lines]),
    ...(work.length === 0
      ? []
      : ['', output.colors.bold('What was done about it lately'), ...work]),
  ].join('\n');
}
