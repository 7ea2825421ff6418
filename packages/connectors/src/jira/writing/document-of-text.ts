import type { JsonObject } from '@adjutant/core';

/**
 * Returns a text as the document that Jira takes: a paragraph for each block, a break for each line,
 * and nothing else, so that no word of it becomes a mention, a link with another address, or a macro.
 */
export function documentOfText(text: string): JsonObject {
  const paragraphs = text
    .split(/\r?\n\s*\r?\n/)
    .map((block) => block.trim())
    .filter((block) => block !== '');
  return {
    type: 'doc',
    version: 1,
    content: paragraphs.map((block) => ({
      type: 'paragraph',
      content: block.split(/\r?\n/).flatMap((line, position) => [
        ...(position === 0 ? [] : [{ type: 'hardBreak' }]),
        // An empty text is no node.
        ...(line === '' ? [] : [{ type: 'text', text: line }]),
      ]),
    })),
  };
}
