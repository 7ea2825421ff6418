/** Longer ones Slack cuts itself. */
const longestText = 40_000;
const mostMentions = 50;

/** What is kept of a text: nothing that was said, only whether somebody waits. */
export interface TextSigns {
  asks: boolean;
  namesBlocker: boolean;
  mentionedAccounts: string[];
  mentionedGroups: string[];
  mentionsEverybody: boolean;
}

export type ReadText = (text: string, author: string | null) => TextSigns;

/**
 * Returns what reads the signs off a text. Code, quotations and addresses are left aside: a question
 * mark in a link is no question, and somebody else's words are not the author's.
 */
export function createTextReader(blockerWords: readonly string[]): ReadText {
  const blocker = wordsPattern(blockerWords);
  return (whole, author) => {
    const own = ownWords(whole.slice(0, longestText));
    const mentionedAccounts = mentionsIn(own, /<@([UW][A-Z0-9]{2,20})(?:\|[^>]*)?>/g).filter(
      (account) => account !== author,
    );
    const mentionedGroups = mentionsIn(own, /<!subteam\^(S[A-Z0-9]{2,20})(?:\|[^>]*)?>/g);
    const mentionsEverybody = /<!(?:here|channel|everyone)(?:\|[^>]*)?>/.test(own);
    const words = own.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\bhttps?:\/\/\S+/gi, ' ');
    const speaksTo = mentionedAccounts.length + mentionedGroups.length > 0 || mentionsEverybody;
    return {
      asks: speaksTo || /[?？؟]/.test(words),
      namesBlocker: blocker?.test(words) === true,
      mentionedAccounts,
      mentionedGroups,
      mentionsEverybody,
    };
  };
}

function ownWords(text: string): string {
  return text
    .replaceAll(/```[\s\S]*?(?:```|$)/g, ' ')
    .replaceAll(/`[^`\n]*`/g, ' ')
    .split('\n')
    .filter((line) => !/^\s*(?:&gt;|>)/.test(line))
    .join('\n');
}

function mentionsIn(text: string, form: RegExp): string[] {
  const found = [...text.matchAll(form)].map(([, id = '']) => id);
  return [...new Set(found)].slice(0, mostMentions).toSorted();
}

/** Whole words only, in any case: "unblocked" says the contrary of "blocked". */
function wordsPattern(words: readonly string[]): RegExp | null {
  if (words.length === 0) return null;
  const parts = words.map((word) => {
    const literal = word.trim().replaceAll(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`);
    return literal.replaceAll(/\s+/g, String.raw`\s+`);
  });
  return new RegExp(`(?<![\\p{L}\\p{N}_])(?:${parts.join('|')})(?![\\p{L}\\p{N}_])`, 'iu');
}
