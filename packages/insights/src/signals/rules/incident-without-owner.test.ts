import { describe, expect, it } from 'vitest';
import { judgeRule, now } from '../testing/judge-rule.ts';
import { incidentSubject } from '../testing/work-subjects.ts';
import { incidentWithoutOwner } from './incident-without-owner.ts';

const free = (minutes: number, fields = {}) =>
  incidentSubject({
    isAcknowledged: false,
    createdAt: now - minutes * 60_000,
    openHours: minutes / 60,
    ...fields,
  });

describe('incident without owner', () => {
  it('is found after a quarter of an hour where it is severe, after an hour where not', () => {
    expect(judgeRule(incidentWithoutOwner, free(16))).toMatchObject({
      severity: 'high',
      since: now - 16 * 60_000,
      sentence: 'Nobody has taken incident Q1ABC for more than 15 minutes.',
    });
    expect(judgeRule(incidentWithoutOwner, free(125, { isSevere: false }))).toMatchObject({
      severity: 'medium',
      sentence: 'Nobody has taken incident Q1ABC for 2 hours.',
    });
  });

  it('is over once somebody takes it, leads it or it is resolved', () => {
    for (const fields of [{ isAcknowledged: true }, { hasLead: true }, { isOpen: false }]) {
      expect(judgeRule(incidentWithoutOwner, free(90, fields), { isOpen: true })).toBeNull();
    }
  });

  it.each([
    ['began just now', free(15)],
    ['is not severe and half an hour old', free(30, { isSevere: false })],
    ['came from outside', free(90, { isExternal: true })],
    ['was taken late at night within its time', incidentSubject({ openHours: 9 })],
  ])('leaves out what %s', (_what, subject) => {
    expect(judgeRule(incidentWithoutOwner, subject)).toBeNull();
  });

  it('cannot be told where its source never shows who took one', () => {
    expect(judgeRule(incidentWithoutOwner, free(90, { isAcknowledged: null }))).toHaveProperty(
      'unknown',
    );
  });

  it('proposes to page only for a severe one, of a source that pages', () => {
    const suggest = (fields: object) =>
      incidentWithoutOwner.suggest(free(90, fields), { now, isOpen: true, timeZone: 'UTC' });
    expect(suggest({})).toMatchObject([{ type: 'incident.page', payload: { service: 'PSHOP1' } }]);
    expect(suggest({ isSevere: false })).toEqual([]);
    expect(suggest({ source: 'events' })).toEqual([]);
    expect(suggest({ service: null })).toEqual([]);
  });
});
