import { createContext } from 'preact';

/** Id of the message that is being drawn; undefined outside of one. */
export const MessageContext = createContext<string | undefined>(undefined);
