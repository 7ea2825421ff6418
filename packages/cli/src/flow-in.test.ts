import { expect, test } from 'vitest';
import { configSchema } from './config/config-schema.ts';
import { flowIn } from './flow-in.ts';

test('the statuses in which somebody works go on to the SDK', () => {
  const config = configSchema.parse({ flow: { activeStatuses: [' In Progress ', 'Review'] } });
  expect(flowIn(config)).toEqual({ flow: { activeStatuses: ['In Progress', 'Review'] } });
});

test('that weekly values are wanted goes on to the SDK', () => {
  expect(flowIn(configSchema.parse({ rollups: true }))).toEqual({ rollups: true });
});

test('the time zone of days and weeks goes on to the SDK', () => {
  const config = configSchema.parse({ timeZone: 'Europe/Berlin' });
  expect(flowIn(config)).toEqual({ timeZone: 'Europe/Berlin' });
});

test('a configuration that says nothing of statuses gives no option', () => {
  expect(flowIn(configSchema.parse({}))).toEqual({});
});

test.each([{ activeStatuses: [] }, { activeStatuses: [''] }, { activeStatus: ['Doing'] }, {}])(
  'refuses %j',
  (flow) => {
    expect(configSchema.safeParse({ flow }).success).toBe(false);
  },
);
