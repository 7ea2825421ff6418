import { neutralText } from '../../writing/neutral-text.ts';
import type { Block } from '../cards/rich-text.ts';
import { plain } from './personal-view.ts';

/** As much as Slack takes in one field. */
export const longestField = 3_000;

export interface TextField {
  /** Names what is written in what comes back. */
  blockId: string;
  label: string;
  hint?: string;
  /** What stands there at first. */
  initial?: string;
  isOptional: boolean;
  isLong: boolean;
  maxLength?: number;
}

/** Returns a field to write into. */
export function textField(field: TextField): Block {
  const { blockId, label, hint, initial = '', isOptional, isLong } = field;
  return {
    type: 'input',
    block_id: blockId,
    optional: isOptional,
    label: plain(labelText(label)),
    ...(hint === undefined ? {} : { hint: plain(hint) }),
    element: {
      type: 'plain_text_input',
      action_id: 'value',
      multiline: isLong,
      max_length: field.maxLength ?? longestField,
      // Slack refuses one without a character.
      ...(initial === '' ? {} : { initial_value: initial }),
    },
  };
}

/** Returns a field with a few words to choose from. */
export function choiceField(
  blockId: string,
  label: string,
  { options, initial }: { options: readonly string[]; initial: string },
): Block {
  const option = (value: string) => ({ text: plain(value), value });
  return {
    type: 'input',
    block_id: blockId,
    label: plain(labelText(label)),
    element: {
      type: 'static_select',
      action_id: 'value',
      options: options.map(option),
      initial_option: option(initial),
    },
  };
}

/** Returns a box to tick; empty unless somebody ticks it. */
export function tickField(
  blockId: string,
  label: string,
  { value, text }: { value: string; text: string },
): Block {
  return {
    type: 'input',
    block_id: blockId,
    optional: true,
    label: plain(label),
    element: {
      type: 'checkboxes',
      action_id: 'value',
      options: [{ text: plain(text), value }],
    },
  };
}

/** Names of fields may come from outside; plain text of Slack's still reads these three signs. */
function labelText(label: string): string {
  const shown = neutralText(label, 150);
  const text = shown === '' ? '–' : shown;
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
