import { z } from 'zod';

/** What Slack publishes of its blocks and views: https://docs.slack.dev/reference/block-kit */
const most = {
  messageBlocks: 50,
  viewBlocks: 100,
  text: 3_000,
  header: 150,
  buttonText: 75,
  buttonValue: 2_000,
  id: 255,
  elements: 25,
  label: 2_000,
  option: 75,
  optionValue: 150,
  title: 24,
  privateMetadata: 3_000,
  /** Of a whole view. @unit bytes */
  viewBytes: 250_000,
} as const;

const plainText = (longest: number) =>
  z.object({
    type: z.literal('plain_text'),
    text: z.string().min(1).max(longest),
    emoji: z.boolean().optional(),
  });
const id = z.string().min(1).max(most.id);
const option = z.object({
  text: plainText(most.option),
  value: z.string().min(1).max(most.optionValue),
});

const inlineSchema = z.union([
  z.strictObject({
    type: z.literal('text'),
    text: z.string().min(1),
    style: z.record(z.string(), z.boolean()).optional(),
  }),
  z.strictObject({
    type: z.literal('link'),
    url: z.url().max(most.text),
    text: z.string().optional(),
  }),
]);
const inline = z.object({ type: z.string(), elements: z.array(inlineSchema).min(1) });
const richText = z.strictObject({
  type: z.literal('rich_text'),
  block_id: id.optional(),
  elements: z
    .array(
      z.union([
        z.looseObject({ type: z.literal('rich_text_section'), elements: z.array(inlineSchema) }),
        z.looseObject({
          type: z.literal('rich_text_preformatted'),
          elements: z.array(inlineSchema),
        }),
        z.looseObject({
          type: z.literal('rich_text_list'),
          style: z.enum(['bullet', 'ordered']),
          elements: z.array(inline).min(1),
        }),
      ]),
    )
    .min(1),
});

const button = z.strictObject({
  type: z.literal('button'),
  action_id: id,
  style: z.enum(['primary', 'danger']).optional(),
  text: plainText(most.buttonText),
  value: z.string().max(most.buttonValue).optional(),
});

const inputElement = z.union([
  z.strictObject({
    type: z.literal('plain_text_input'),
    action_id: id,
    multiline: z.boolean().optional(),
    max_length: z.number().int().min(1).max(most.text).optional(),
    initial_value: z.string().min(1).max(most.text).optional(),
  }),
  z.strictObject({
    type: z.literal('static_select'),
    action_id: id,
    options: z.array(option).min(1).max(100),
    initial_option: option.optional(),
  }),
  z.strictObject({
    type: z.literal('checkboxes'),
    action_id: id,
    options: z.array(option).min(1).max(10),
  }),
]);

const blockSchema = z.union([
  richText,
  z.strictObject({
    type: z.literal('header'),
    block_id: id.optional(),
    text: plainText(most.header),
  }),
  z.strictObject({
    type: z.literal('actions'),
    block_id: id.optional(),
    elements: z.array(button).min(1).max(most.elements),
  }),
  z.strictObject({
    type: z.literal('section'),
    block_id: id.optional(),
    text: z.object({ type: z.string(), text: z.string().min(1).max(most.text) }),
  }),
  z.strictObject({
    type: z.literal('input'),
    block_id: id.optional(),
    optional: z.boolean().optional(),
    label: plainText(most.label),
    hint: plainText(most.label).optional(),
    element: inputElement,
  }),
]);
export type TwinBlock = z.infer<typeof blockSchema>;

const blocksOf = (longest: number) =>
  z
    .array(blockSchema)
    .max(longest)
    .refine((blocks) => {
      const ids = blocks.flatMap(({ block_id: blockId }) =>
        blockId === undefined ? [] : [blockId],
      );
      return new Set(ids).size === ids.length;
    }, 'a block_id stands there twice');

const messageBlocksSchema = blocksOf(most.messageBlocks);

const viewSchema = z
  .strictObject({
    type: z.enum(['modal', 'home']),
    title: plainText(most.title).optional(),
    submit: plainText(most.title).optional(),
    close: plainText(most.title).optional(),
    callback_id: z.string().max(most.id).optional(),
    private_metadata: z.string().max(most.privateMetadata).optional(),
    blocks: blocksOf(most.viewBlocks),
  })
  .refine(({ type, title }) => (type === 'modal') === (title !== undefined), 'title of a modal')
  .refine(
    ({ type, blocks, submit }) =>
      type === 'home' || submit !== undefined || blocks.every((block) => block.type !== 'input'),
    'input blocks need a submit',
  );
export type TwinViewBody = z.infer<typeof viewSchema>;

/** Returns what of the blocks of a message Slack does not take; null where it takes them. */
export function troubleWithBlocks(blocks: unknown): string | null {
  return troubleOf(messageBlocksSchema.safeParse(blocks));
}

/** Returns a view as Slack would keep it, or what of it Slack does not take. */
export function readView(view: unknown): { view: TwinViewBody } | { trouble: string } {
  if (JSON.stringify(view ?? null).length > most.viewBytes) return { trouble: 'view_too_large' };
  const read = viewSchema.safeParse(view);
  return read.success ? { view: read.data } : { trouble: troubleOf(read) ?? 'unknown' };
}

function troubleOf(read: z.ZodSafeParseResult<unknown>): string | null {
  return read.success ? null : z.prettifyError(read.error).slice(0, 500);
}
