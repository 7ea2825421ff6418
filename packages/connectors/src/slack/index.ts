export { slackActions } from './actions/index.ts';
export { slackConfigShape, type SlackConfig } from './config.ts';
export { slack } from './connector.ts';
export { type ChannelList, type ListedChannel, listChannels } from './discovery/list-channels.ts';
export type { AskingContext } from '../http/while-somebody-waits.ts';
export { type SignatureTrouble, verifySlackSignature } from './webhooks/verify-signature.ts';
export { createSlackDesk, type SlackDeskOptions } from './interactions/create-slack-desk.ts';
