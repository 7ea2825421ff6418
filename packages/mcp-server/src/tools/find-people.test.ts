import { describe, expect, it } from 'vitest';
import { callFake } from '../testing/call-fake.ts';
import { findPeople } from './find-people.ts';

describe('find_people', () => {
  it('shows who is who without an address', async () => {
    const answer = await callFake('find_people', { text: 'mira' });
    expect(findPeople.outputSchema.parse(answer.structured)).toEqual(answer.structured);
    expect(answer.text).toMatchInlineSnapshot(`
      "as_of: 2026-10-30T09:30Z
      synced_at: 2026-10-30T08:30Z
      gaps:
      code	message	affected
      squash_author_time	Squash merges carry no author time of their own; coding time is unknown for them.	12
      total: 2
      next_cursor: -
      people:
      id	name	teams	accounts(source:account:kind:method:confidence)	accounts_total
      AaGMJSUYdpiobGeiz_gEBQ	Mira 1	payments	git:Mira 1:human:own_account:1 | github:user0:human:verified_email:0.9	2
      AaGMJSUddEGqBEkkBmm94Q	Mira 6	payments	git:Mira 6:human:own_account:1 | github:user5:human:verified_email:0.9	2"
    `);
  });

  it('never shows an e-mail address', async () => {
    expect(JSON.stringify(await callFake('find_people'))).not.toContain('@');
  });
});
