import type { KnowledgeAnswer } from '@adjutant/core';
import { listed, neutralText } from '../../writing/neutral-text.ts';
import {
  type Block,
  exactly,
  type InlineElement,
  lines,
  linkTo,
  words,
} from '../cards/rich-text.ts';
import { type PersonalAnswer, said } from './answer-person.ts';
import type { AskedCommand } from './run-command.ts';

type Citation = KnowledgeAnswer['citations'][number];

const mostCited = 4;
const longestSnippet = 440;

/** Returns the places in documents that answer a question, word for word; or that none does. */
export async function ask({ handle, command }: AskedCommand): Promise<PersonalAnswer> {
  const question = command.text.trim();
  if (question === '') return said('Write what you want to know: /ask how do we roll back?');
  return answered(await handle.knowledge.ask({ question, limit: mostCited }));
}

/** Returns an answer as it is shown: places with what stands there, or that there is none. */
export function answered(answer: KnowledgeAnswer): PersonalAnswer {
  return answer.outcome === 'no_source'
    ? said(noSource(answer))
    : { text: 'What the documents say.', blocks: answer.citations.flatMap(citationBlocks) };
}

function noSource({ documentCount, lookedFor, unknownWords }: KnowledgeAnswer): string {
  if (documentCount === 0) return 'No source found: no document was read yet.';
  const nowhere =
    unknownWords.length === 0 ? '' : ` In none of them stands: ${listed(unknownWords)}.`;
  const terms = listed(lookedFor);
  return `No source found in ${documentCount} documents. Looked for: ${terms}.${nowhere}`;
}

/** What a document says is quoted as it stands: in code, where no sign calls, formats or links. */
function citationBlocks({
  title,
  heading,
  snippet,
  repository,
  path,
  lines: at,
  url,
  freshness,
}: Citation): Block[] {
  const place = `${neutralText(repository, 80)} ${neutralText(path, 160)}:${at.from}-${at.to}`;
  const old = freshness.isStale === true ? ' (may be out of date)' : '';
  const about: InlineElement[] = [
    words(neutralText(heading === '' ? title : heading, 150), { bold: true }),
  ];
  return [
    lines([about]),
    exactly(snippet.text.slice(0, longestSnippet)),
    lines([[linkTo(url, place), words(old === '' ? ' ' : old, { italic: true })]]),
  ];
}
