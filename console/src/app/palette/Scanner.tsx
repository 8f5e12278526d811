import { Alert, Box } from '@mui/material';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { searchOf } from '../../components/deviceLabel';
import { createDetector } from './barcodes';

/** Between two looks at the camera's picture, milliseconds. */
const interval = 200;

/** The camera's picture, until a code is in it. */
export default function Scanner({ onFound }: { onFound: (text: string) => void }) {
  const { t } = useTranslation();
  const video = useRef<HTMLVideoElement>(null);
  const found = useRef(onFound);
  found.current = onFound;
  const [hasFailed, setFailed] = useState(false);
  useEffect(() => {
    let stream: MediaStream | null = null;
    let timer = 0;
    let isOver = false;
    const detector = createDetector();
    const look = async (): Promise<void> => {
      const code = (await detector?.detect(video.current!).catch(() => []))?.[0]?.rawValue;
      if (isOver) return;
      if (code) found.current(searchOf(code));
      else timer = window.setTimeout(() => void look(), interval);
    };
    const begin = async (): Promise<void> => {
      try {
        stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
        if (isOver) return stop();
        video.current!.srcObject = stream;
        await video.current!.play();
        await look();
      } catch {
        if (!isOver) setFailed(true);
      }
    };
    const stop = (): void => stream?.getTracks().forEach((track) => track.stop());
    void begin();
    return () => {
      isOver = true;
      window.clearTimeout(timer);
      stop();
    };
  }, []);
  if (hasFailed) return <Alert severity="warning" sx={{ m: 1 }}>{t('palette.noCamera')}</Alert>;
  return <Box component="video" ref={video} muted playsInline aria-label={t('palette.camera')} sx={{ display: 'block', width: '100%', maxHeight: 320, objectFit: 'cover', bgcolor: '#000' }} />;
}
