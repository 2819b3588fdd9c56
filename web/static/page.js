import { startConversation } from './conversation.js';
import { startLeaving } from './leave.js';
import { startPlaces } from './place.js';

startLeaving();
startPlaces();
startConversation();
