export { slackActions } from './actions/index.ts';
export { slackConfigShape, type SlackConfig } from './config.ts';
export { slack } from './connector.ts';
export { type ChannelList, type ListedChannel, listChannels } from './discovery/list-channels.ts';
export type { AskingContext } from '../http/while-somebody-waits.ts';
export { type SignatureTrouble, verifySlackSignature } from './webhooks/verify-signature.ts';
export { createSlackDesk, type SlackDeskOptions } from './interactions/create-slack-desk.ts';
export type { PersonalAnswer } from './interactions/answer-person.ts';
export type { SlackBrief } from './interactions/desk.ts';
export type { Block as SlackBlock } from './cards/rich-text.ts';
export {
  type AppAuthorization,
  type AppAuthorizationOptions,
  authorizationUrl,
  type CodeExchange,
  exchangeCode,
} from './bot-tokens/authorize-app.ts';
export {
  type BotTokenRefresherOptions,
  createBotTokenRefresher,
} from './bot-tokens/create-bot-token-refresher.ts';
export type { SlackInstallation } from './bot-tokens/read-installation.ts';
export type { SlackPlace } from './bot-tokens/slack-authorization.ts';
export type { UserTokenRefresher } from '../user-tokens/create-token-refresher.ts';
export type { UserTokens } from '../user-tokens/user-tokens.ts';
