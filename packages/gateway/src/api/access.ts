import type { Access } from '../auth/require-access.ts';

/** Whoever is let in may look, and so may an assistant for the person it works for. */
export const mayRead: Access = { role: 'member', scope: 'read', agents: true };

/** Whoever may look may propose a change outside, or ask for fresh data. */
export const mayPropose: Access = { role: 'member', scope: 'propose', agents: true };

/** People change what belongs to Adjutant itself. */
export const mayChange: Access = { role: 'member', scope: 'write', agents: false };

/** People, their programs and their assistants write reports; an assistant cannot share one. */
export const mayReport: Access = { role: 'member', scope: 'report', agents: true };

/** Leads and administrators change what is so for everybody. */
export const leadsChange: Access = { role: 'lead', scope: 'write', agents: false };

/** A person has to be there: no token proves one. */
export const personDecides: Access = { role: 'member', scope: null, agents: false };
