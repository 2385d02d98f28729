/* Pictures on their way in: by the button, pasted, or dropped on the page. */
const MAX_BYTES = 8 * 1024 * 1024; // as on the server, which decides

/* Why a file cannot be sent, as the end of its wording's key; null if it may. */
export function refusal(file) {
  if (/^image\/hei[cf]/.test(file.type) || /\.hei[cf]$/i.test(file.name)) return "heic";
  if (!file.type.startsWith("image/")) return "no_picture";
  return file.size > MAX_BYTES ? "too_large" : null;
}

/* The picture itself as a bubble shows it, with the room it needs; without one where the browser cannot show it. */
export async function preview(file) {
  const image = document.createElement("img");
  image.src = URL.createObjectURL(file);
  try {
    await image.decode();
    image.width = image.naturalWidth;
    image.height = image.naturalHeight;
  } catch (error) {
    image.width = image.height = 1;
  }
  return image;
}

/* Calls `take` with the files, however they come. */
export function offer({ button, chooser, input, page, take }) {
  button.hidden = false;
  button.addEventListener("click", () => chooser.click());
  chooser.addEventListener("change", () => {
    const files = [...chooser.files];
    chooser.value = ""; // or the same picture could not be chosen again
    take(files);
  });
  input.addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files || [])];
    // copied from a text processor words come with their picture: then the words are meant
    if (!files.length || event.clipboardData.types.includes("text/plain")) return;
    event.preventDefault();
    take(files);
  });
  const hasFiles = (event) => event.dataTransfer?.types.includes("Files");
  page.addEventListener("dragover", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    page.classList.add("dropping");
  });
  page.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) page.classList.remove("dropping");
  });
  page.addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    page.classList.remove("dropping");
    take([...event.dataTransfer.files]);
  });
}
