import { describe, expect, it } from 'vitest';
import { allowedChannels, slackConfigSchema } from './config.ts';

const accepts = (config: object): boolean =>
  slackConfigSchema.safeParse({ channels: ['widgets'], ...config }).success;

describe('the configuration', () => {
  it.each(['C0123456789', 'G0123456789', 'widgets', '#widgets', 'équipe-1', 'team_2'])(
    'takes the channel %s',
    (channel) => {
      expect(accepts({ channels: [channel] })).toBe(true);
    },
  );

  it.each([
    '',
    '#',
    'D0123456789',
    'U0123456789',
    'two words',
    '<!here>',
    'Widgets',
    'a\nb',
    '@ada',
  ])('takes %j for no channel', (channel) => {
    expect(accepts({ channels: [channel] })).toBe(false);
  });

  it('names at least one channel, and no key that is not known', () => {
    expect(accepts({ channels: [] })).toBe(false);
    expect(accepts({ chanels: ['widgets'] })).toBe(false);
  });

  it('writes with another token than it reads with', () => {
    expect(accepts({ token: 'a', writeToken: 'a' })).toBe(false);
    expect(accepts({ token: 'a', writeToken: 'b' })).toBe(true);
  });

  it('names a channel once, with or without its mark', () => {
    const channels = ['#widgets', 'widgets', 'C0123456789', 'C0123456789'];
    expect(allowedChannels({ channels })).toEqual({ ids: ['C0123456789'], names: ['widgets'] });
  });
});
