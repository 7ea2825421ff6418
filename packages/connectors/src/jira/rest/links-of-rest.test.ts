import { describe, expect, it } from 'vitest';
import { linksOfRest, linkWordsOf } from './links-of-rest.ts';

const own = linkWordsOf(undefined);
const blocks = { name: 'Blocks', inward: 'is blocked by', outward: 'blocks' };

describe('links of an issue', () => {
  it('say who blocks whom, whichever side shows it', () => {
    const links = [
      { id: '1', type: blocks, outwardIssue: { id: '11' } },
      { id: '2', type: blocks, inwardIssue: { id: 12 } },
    ];
    expect(linksOfRest('10', links, own)).toEqual([
      { kind: 'blocks', from: '10', to: '11' },
      { kind: 'blocks', from: '12', to: '10' },
    ]);
  });

  it('are told by the name of the type where a site words them in its own language', () => {
    const type = { name: 'Blocks', inward: 'wird blockiert von', outward: 'blockiert' };
    const links = [{ type, inwardIssue: { id: '11' } }];
    expect(linksOfRest('10', links, own)).toEqual([{ kind: 'blocks', from: '11', to: '10' }]);
  });

  it('are told by their words where a site names the type anew', () => {
    const type = { name: 'Dependency', inward: 'is blocked by', outward: ' Blocks' };
    const links = [{ type, outwardIssue: { id: '11' } }];
    expect(linksOfRest('10', links, own)).toEqual([{ kind: 'blocks', from: '10', to: '11' }]);
  });

  it('follow the words of the configuration, also of a type that goes the other way', () => {
    const type = { name: 'Needs', inward: 'is needed by', outward: 'needs' };
    const links = [{ type, outwardIssue: { id: '11' } }];
    expect(linksOfRest('10', links, own)).toEqual([]);
    const words = linkWordsOf({ blocks: ['Is needed by '] });
    expect(linksOfRest('10', links, words)).toEqual([{ kind: 'blocks', from: '11', to: '10' }]);
  });

  it('are one for the two that relate, and for what is told twice', () => {
    const type = { name: 'Relates', inward: 'relates to', outward: 'relates to' };
    const told = [{ kind: 'relates', from: '10', to: '11' }];
    expect(linksOfRest('10', [{ type, outwardIssue: { id: '11' } }], own)).toEqual(told);
    const other = { type, inwardIssue: { id: '10' } };
    expect(linksOfRest('11', [other, other], own)).toEqual(told);
  });

  it('are nothing where they mean something else, lead nowhere or have another form', () => {
    const clones = { name: 'Cloners', inward: 'is cloned by', outward: 'clones' };
    const links = [
      { type: clones, outwardIssue: { id: '11' } },
      { type: blocks, outwardIssue: { id: '10' } },
      { type: blocks },
      { type: {}, outwardIssue: { id: '11' } },
      null,
      'blocks 11',
    ];
    expect(linksOfRest('10', links, own)).toEqual([]);
  });

  it('are unknown where the issue does not show them', () => {
    expect(linksOfRest('10', undefined, own)).toBeNull();
  });
});
