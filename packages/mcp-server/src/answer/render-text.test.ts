import { describe, expect, it } from 'vitest';
import { callFake } from '../testing/call-fake.ts';
import { fakeId } from '../testing/fake-rows.ts';
import { tools } from '../tools/index.ts';
import { renderText } from './render-text.ts';

const inputs: Record<string, object> = {
  get_work: { id: fakeId(0) },
  get_metric: { metric_id: 'lead_time', explain: true },
  forecast_delivery: { items: 20, until: '2026-11-15' },
  compare_metric: {
    metric_id: 'lead_time',
    before_from: '2026-09-01',
    before_to: '2026-10-01',
    after_from: '2026-10-01',
    after_to: '2026-10-29',
  },
};

function facts(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(facts);
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(facts);
  if (value === null) return [];
  return [typeof value === 'string' ? value : JSON.stringify(value)];
}

function names(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(names);
  if (typeof value !== 'object' || value === null) return [];
  const used = Object.entries(value).filter(([, child]) => !isEmptyList(child));
  return used.flatMap(([name, child]) => [name, ...names(child)]);
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

describe('renderText', () => {
  // Clients show a model one form or the other, never surely both.
  it.each(tools)('says in text everything that $name says in structure', async ({ name }) => {
    const { text, structured } = await callFake(name, inputs[name]);
    for (const fact of new Set(facts(structured))) expect(text).toContain(fact);
    const fields = new Set(names(structured));
    fields.delete('items');
    for (const field of fields) expect(text).toContain(field);
  });

  it('keeps a row on a line and a field in a column', () => {
    const rows = [
      { id: 1, tags: ['a', 'b'], last: null },
      { id: 2, tags: [], last: { at: 3 } },
    ];
    expect(renderText({ total: 2, rows })).toBe(
      'total: 2\nrows:\nid\ttags\tlast\n1\ta | b\t-\n2\tnone\tat=3',
    );
  });
});
