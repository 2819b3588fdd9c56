import { startConversation } from './conversation.js';
import { startLeaving } from './leave.js';

startLeaving();
startConversation();
