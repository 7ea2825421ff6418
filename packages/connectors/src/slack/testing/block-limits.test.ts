import { describe, expect, it } from 'vitest';
import { readView, troubleWithBlocks } from './block-limits.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const header = { type: 'header', text: plain('Head') };
const input = {
  type: 'input',
  block_id: 'a',
  label: plain('Field'),
  element: { type: 'plain_text_input', action_id: 'value' },
};
const modal = (more: object) => ({
  type: 'modal',
  title: plain('Title'),
  submit: plain('Send'),
  blocks: [header],
  ...more,
});
const many = (count: number) => Array.from({ length: count }, () => header);

describe('the twin takes what Slack takes', () => {
  it('of messages: fifty blocks, and no more', () => {
    expect(troubleWithBlocks(many(50))).toBeNull();
    expect(troubleWithBlocks(many(51))).not.toBeNull();
  });

  it.each([
    ['a hundred blocks', { blocks: many(100) }],
    ['a title of 24 characters', { title: plain('x'.repeat(24)) }],
    ['3,000 characters of metadata', { private_metadata: 'x'.repeat(3_000) }],
    ['a callback id of 255 characters', { callback_id: 'x'.repeat(255) }],
    ['a field with 3,000 characters', { blocks: [filled(3_000)] }],
  ])('of views: %s', (_, more) => {
    expect(readView(modal(more))).toHaveProperty('view');
  });

  it.each([
    ['101 blocks', { blocks: many(101) }],
    ['a title of 25 characters', { title: plain('x'.repeat(25)) }],
    ['no title', { title: undefined }],
    ['3,001 characters of metadata', { private_metadata: 'x'.repeat(3_001) }],
    ['a callback id of 256 characters', { callback_id: 'x'.repeat(256) }],
    ['a field with 3,001 characters', { blocks: [filled(3_001)] }],
    ['a field with nothing in it from the start', { blocks: [filled(0)] }],
    ['fields and no button to send them', { blocks: [input], submit: undefined }],
    ['two blocks of one name', { blocks: [input, input] }],
    ['a text of no character', { blocks: [{ type: 'header', text: plain('') }] }],
    ['more than 250 kB', { extra: 'x'.repeat(250_001) }],
  ])('of views not: %s', (_, more) => {
    expect(readView(modal(more))).toHaveProperty('trouble');
  });
});

function filled(length: number) {
  return { ...input, element: { ...input.element, initial_value: 'x'.repeat(length) } };
}
