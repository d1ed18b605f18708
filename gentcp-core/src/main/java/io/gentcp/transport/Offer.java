package io.gentcp.transport;

/** What became of an offered packet, and what its sender has to do. */
enum Offer {

	/** It has no place: it is to be begun as a write, which may have to wait. */
	DECLINED,

	/** The same, but what is held back is to be written first by the caller. */
	WRITE_FIRST,

	/** It has its place, and whoever is the writer takes it along. */
	TAKEN_ALONG,

	/** It has its place, and goes when the kernel takes bytes again. */
	LEFT_BEHIND,

	/** It has its place, and waits for others. */
	HELD_BACK,

	/** It has its place, and the caller is now the writer. */
	WRITE,

	/** It has its place, and the poller is now the writer. */
	LEFT

}
