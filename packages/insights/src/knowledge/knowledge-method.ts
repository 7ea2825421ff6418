import type { KnowledgeMethod } from '@adjutant/core';
import { chooseAnswer } from './choose-answer.ts';
import { splitDocument } from './split-document.ts';

/**
 * How documents are split and answered from: below their headings, and by the words of the question,
 * without a model.
 */
export const knowledgeMethod: KnowledgeMethod = {
  version: 1,
  split: splitDocument,
  answer: chooseAnswer,
};
