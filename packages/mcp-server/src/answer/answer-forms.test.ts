import { describe, expect, it } from 'vitest';
import { answerForms } from './answer-forms.ts';
import { estimateTokens } from './estimate-tokens.ts';
import { renderText } from './render-text.ts';

describe('answerForms', () => {
  it('makes each form of an answer once', () => {
    let read = 0;
    const answer = {
      get title() {
        read += 1;
        return 'a title';
      },
    };
    const forms = answerForms(answer);
    expect(answerForms(answer)).toBe(forms);
    expect([forms.text(), forms.text(), forms.structured]).toEqual([
      'title: a title',
      'title: a title',
      { title: 'a title' },
    ]);
    expect(read).toBe(1);
  });

  it('measures what is sent, not what was found', () => {
    const forms = answerForms({ title: `\u001b[31m${'ü'.repeat(100_000)}` });
    expect(forms.tokens()).toBe(estimateTokens(JSON.stringify(forms.structured)));
    expect(forms.tokens()).toBeLessThan(1_100);
  });

  it('counts the form that costs more', () => {
    for (const answer of [{ a: 1, b: [{ c: 'word' }] }, { a: { b: { c: { d: [] } } } }]) {
      const [json, text] = [JSON.stringify(answer), renderText(answer)].map(estimateTokens);
      expect(answerForms(answer).tokens()).toBe(Math.max(json ?? 0, text ?? 0));
    }
  });
});
