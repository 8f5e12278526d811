/** The part of the Shape Detection API that is used here; TypeScript does not know it, and not every browser has it. */
export interface BarcodeDetector {
  detect(image: HTMLVideoElement): Promise<readonly { rawValue: string }[]>;
}

interface Detectors {
  BarcodeDetector?: new (options: { formats: readonly string[] }) => BarcodeDetector;
}

/** What labels have: QR codes, and the codes of makers' serial numbers. */
const formats = ['qr_code', 'data_matrix', 'code_128'];

/** Whether this browser reads codes by a camera. */
export function canScan(of: object = window, devices: MediaDevices | undefined = navigator.mediaDevices): boolean {
  return 'BarcodeDetector' in of && devices !== undefined;
}

/** Null where the browser has none. */
export function createDetector(): BarcodeDetector | null {
  const { BarcodeDetector: Detector } = window as Detectors;
  return Detector ? new Detector({ formats }) : null;
}
