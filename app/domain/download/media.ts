export type Media = { kind: "audio" | "video"; contentType: string };

const MEDIA: Record<string, Media> = {
  mp3: { kind: "audio", contentType: "audio/mpeg" },
  m4a: { kind: "audio", contentType: "audio/mp4" },
  ogg: { kind: "audio", contentType: "audio/ogg" },
  wav: { kind: "audio", contentType: "audio/wav" },
  mp4: { kind: "video", contentType: "video/mp4" },
  webm: { kind: "video", contentType: "video/webm" },
};

/**
 * How a browser plays a file, told by its name: what the uploading browser called its type is often none
 * that another one plays (audio/x-m4a, application/octet-stream).
 *
 * @returns null for what does not play in a page.
 */
export function mediaOf(fileName: string): Media | null {
  const extension = /\.([a-z0-9]{3,4})$/i.exec(fileName.trim())?.[1]?.toLowerCase();
  return (extension !== undefined && Object.hasOwn(MEDIA, extension) && MEDIA[extension]) || null;
}
