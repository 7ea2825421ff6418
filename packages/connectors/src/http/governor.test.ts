import { AdjutantError, type Clock, type RequestBudget, silentLogger } from '@adjutant/core';
import { createFakeClock } from '@adjutant/core/testing';
import { describe, expect, it } from 'vitest';
import { createGovernor } from './governor.ts';

const vendor = { source: 'fake', title: 'Fake', addressHint: '', page: '' };

function start(clock: Clock = createFakeClock()) {
  const { signal } = new AbortController();
  return createGovernor({ clock, logger: silentLogger, signal }, vendor);
}

function refused(): AdjutantError {
  return new AdjutantError('Authentication', 'Fake does not accept the credential.');
}

describe('a governor', () => {
  it('makes everybody wait where one is asked to', async () => {
    const clock = createFakeClock();
    const governor = start(clock);
    const startedAt = clock.now();
    const sentAt: number[] = [];
    const send = async (): Promise<void> => {
      sentAt.push(clock.now() - startedAt);
    };
    const limited = governor.inTurn(async () => {
      await send();
      await governor.wait(30_000, 'limit');
      await send();
    });
    await Promise.all([limited, governor.inTurn(send), governor.inTurn(send)]);
    expect(sentAt).toEqual([0, 30_000, 30_000, 30_000]);
  });

  it('keeps a fifth of the quota for writing, whoever asks', async () => {
    const clock = createFakeClock();
    const governor = start(clock);
    governor.report('requests', { limit: 100, remaining: 22, resetAt: clock.now() + 60_000 });
    governor.take('requests', 1);
    governor.take('requests', 1);
    expect(() => governor.take('requests', 1)).toThrow('kept for actions');
    clock.advance(60_000);
    expect(() => governor.take('requests', 1)).not.toThrow();
  });

  it('tells how long it waits to whoever shows it', async () => {
    const governor = start();
    const waits: number[] = [];
    const budget: RequestBudget = {
      take: () => undefined,
      report: () => undefined,
      waiting: (milliseconds) => waits.push(milliseconds),
      remaining: null,
    };
    governor.attach(budget);
    await governor.wait(1_000, 'failure');
    await governor.wait(45_000, 'limit');
    expect(waits).toEqual([45_000]);
  });

  it('sends nothing once the credential was refused, also not what waits already', async () => {
    const governor = start();
    let sent = 0;
    const work = async (): Promise<void> => {
      sent += 1;
      throw refused();
    };
    const turns = Array.from({ length: 20 }, () => governor.inTurn(work));
    const outcomes = await Promise.allSettled(turns);
    expect(sent).toBe(1);
    expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true);
    await expect(governor.inTurn(work)).rejects.toMatchObject({ code: 'Authentication' });
    expect(sent).toBe(1);
  });

  it('goes on after every other failure', async () => {
    const governor = start();
    const failing = governor.inTurn(async () => {
      throw new AdjutantError('Permission', 'Not this one.');
    });
    await expect(failing).rejects.toMatchObject({ code: 'Permission' });
    await expect(governor.inTurn(async () => 'sent')).resolves.toBe('sent');
  });
});
