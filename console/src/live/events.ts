/** A value that a device has sent. `payload` is base64 of what it sent, in the format that `ct` names. */
export interface ValueEvent {
  ep: string;
  path: string;
  ct?: string;
  payload?: string;
  /** When the server got it, milliseconds since 1970. */
  timestamp?: number;
}

export interface RegistrationEvent {
  ep: string;
  'original-ep': string;
  ept?: string;
  q?: boolean;
}

/** What became of a request to a device. */
export interface AsyncResponse {
  id: string;
  status: number;
  error?: string;
  ct?: string;
  payload?: string;
}

/** What a message of `/v3/events/stream` says: the same envelope as other notification channels carry. */
export interface Envelope {
  notifications?: ValueEvent[];
  registrations?: RegistrationEvent[];
  'reg-updates'?: RegistrationEvent[];
  'de-registrations'?: string[];
  'registrations-expired'?: string[];
  'async-responses'?: AsyncResponse[];
}
