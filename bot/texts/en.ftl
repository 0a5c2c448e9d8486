# Answers ---------------------------------------------------------------------------------------

familiarity-close = The style is a close match for the catalogue.
familiarity-loose = Nothing is quite like it; these come nearest.
familiarity-none = Nothing in the catalogue is drawn like this; take the list with a grain of salt.

familiarity-close-short = Close
familiarity-loose-short = Loose
familiarity-none-short = Unknown

answer-title = Webtoons drawn like this
answer-like-title = Webtoons drawn like “{ $title }”
answer-artists = Likeliest artists
answer-artist-share = { $artist } { $percent }%
answer-time = Answered in { $milliseconds } ms by generation { $generation }.
answer-crops = { $count ->
    [one] One part of the picture was looked at.
   *[other] { $count } parts of the pictures were looked at.
}

answer-one-of-one = If an artist of the catalogue drew it, it was { $artists } ({ $percent }% sure).
answer-one-of-several = If an artist of the catalogue drew it, it was one of these { $count } ({ $percent }% sure): { $artists }.
answer-duplicate = This is the thumbnail of episode { $episode } of “{ $title }”.
answer-duplicate-of = Picture { $number } is the thumbnail of episode { $episode } of “{ $title }”.

moving-to-starter = This Grimche ships a newer starter; the catalogue’s pictures are looked at anew, once.
moved-to-starter = Generation { $generation } has looked at { $count } pictures and serves now.

score-label = Score
score-value = { $percent }%
score-very-close = very close
score-close = close
score-loose = loose
score-far = far

match-rank = No. { $rank }
match-title = Title
match-artists = Artists
match-platform = Platform
match-episode = Episode { $episode }
match-link = Read it
match-episode-label = Episode
match-link-label = Link
match-rank-label = Rank

platform-naver = Naver Webtoon
platform-kakaopage = KakaoPage
platform-kakao = Kakao Webtoon
platform-webtoons = WEBTOON
platform-daum = Daum Webtoon
platform-folder = Own collection
platform-sample = Sample

# The web page ----------------------------------------------------------------------------------

web-title = Grimche · webtoons drawn alike
web-tagline = Send a picture, get the ten webtoons drawn most alike.
web-holds = Knows { $webtoons } webtoons by { $artists } artists
web-skip = Skip to the message box
web-choices = Page settings
web-new-chat = Start over
web-theme = Switch between light and dark
web-language = Language
web-needs-script = This page needs JavaScript.

web-conversation = Conversation
web-greeting-title = Show me a drawing!
web-greeting = I look at its lines, colours and shading, and find the ten webtoons drawn most alike. Drop a picture anywhere, paste it, or take a photo. Several at once are taken as one artist’s.
web-privacy = Your pictures are only looked at, and forgotten at once. Nothing is stored.
web-samples = Or try one of these
web-sample-label = Sample picture { $number }

web-composer = Message
web-tray = Pictures to send
web-words = Send a picture or a title
web-placeholder = Drop a picture, or type a title
web-choose = Choose pictures
web-take-photo = Take a photo
web-send = Send
web-remove = Remove
web-drop-here = Drop it here
web-drop-more = and see the webtoons drawn most alike
web-drop-no-file = That was no picture file; save the picture first, then drop or paste it.

web-you = You
web-your-picture = Your picture
web-your-pictures = Your { $count } pictures
web-best = Most like “{ $title }” by { $artists }.
web-nearest = The nearest in the catalogue
web-like-query = More like “{ $title }”
web-thinking = Looking at the drawing…
web-searching = Leafing through the titles…
web-artists-near = Judged by how alike the hands are in this catalogue; the rest up to 100% is somebody else. Not a proof of who drew it.
web-artists-trained = How likely each artist drew it, among those that Grimche has learned; not a proof.
web-thumbnail-of = Thumbnail of “{ $title }”, episode { $episode }
web-compare = Compare side by side
web-score-meaning = How alike the drawing styles are: 100% is the same hand, not the same picture.
web-more-like-this = More like this
web-save-sheet = Save as one picture
web-details = Answered in { $milliseconds } ms
web-milliseconds = { $milliseconds } ms
web-stage-decode = Open the pictures
web-stage-encode = Look at the style
web-stage-search = Compare with the catalogue
web-crops = Parts looked at
web-generation = Generation
web-close = Close
web-previous = Previous
web-next = Next

web-search-found = Titles and artists like “{ $text }”: { $count }
web-search-empty = No title or artist like “{ $text }”.
web-search-help = A part of a title or of an artist’s name is enough.
web-episodes = Episodes: { $count }

web-error = Error
web-error-of-file = { $name }: { $sentence }
web-retry = Try again
web-offline = Grimche cannot be reached; is it still running?

# Why ------------------------------------------------------------------------------------------

why-title = Why “{ $title }”?
why-button = Why?
why-thinking = Looking closely…
why-similarity = These two pictures are { $percent }% alike in style.
why-patches = The three pairs of patches that agree most have the same number and frame.
why-heat = Warm places add to the likeness, cold ones speak against it.
why-show-heat = Show the heat map
why-percentiles = Place among { $count } thumbnails of the catalogue: 0 is the least, 100 the most.
why-no-places = This generation cannot say where it looked; only colours and lines are compared.
why-trait = Trait
why-yours = Your picture
why-theirs = The match
why-palette = Palette
why-palette-of = Palette of { $name }: { $colours }
why-place-of = { $name }: { $percent } of 100

trait-line-weight = Line weight
trait-line-weight-low = thin
trait-line-weight-high = thick
trait-dark-line = Dark lines
trait-dark-line-low = few
trait-dark-line-high = many
trait-flatness = Flat areas
trait-flatness-low = few
trait-flatness-high = many
trait-contrast = Contrast
trait-contrast-low = soft
trait-contrast-high = strong
trait-saturation = Saturation
trait-saturation-low = muted
trait-saturation-high = vivid
trait-texture = Texture
trait-texture-low = smooth
trait-texture-high = grainy

# Chats ----------------------------------------------------------------------------------------

chat-waiting = Many people are asking; you are number { $place } in line…
chat-more-like = Like no. { $rank }
chat-why = Why no. { $rank }?
chat-details = Details
chat-back = Back
chat-next-picture = Next picture
chat-send-next = Send me the next picture as a reply to this message.
chat-next-placeholder = A picture, sticker or link
chat-show-anyway = Show the nearest anyway
chat-adult-left-out = { $count ->
    [one] One work for adults is left out here; in a private chat I show it.
   *[other] { $count } works for adults are left out here; in a private chat I show them.
}
chat-thanks = Thank you, noted!
chat-taken-back = Taken back.
chat-not-yours = Only the person who asked can press this.
chat-error-of-picture = Picture { $number }: { $sentence }
chat-apology = Sorry, I was interrupted before I could answer this. Please send it again.
chat-maybe-lost = I am not sure that my answer has reached you. If you do not see it, please send the picture again.
chat-hint = Send me a picture, a sticker, a GIF or a link to a picture, and I find the webtoons drawn most alike.

# Errors: one sentence that says what was wrong and what to do ----------------------------------

error-unexpected = Something went wrong on our side; please try again.
error-reference = Something went wrong on our side (reference { $reference }); please try again.
error-settings = These settings need mending: { $faults }
error-picture = This picture cannot be used.
error-empty-file = The file is empty; send the picture again.
error-not-a-picture = This is not a picture; send a JPEG, PNG, WebP, GIF, BMP or AVIF file.
error-page-not-picture = This address leads to a web page, not to a picture; open the picture by itself and send its address.
error-unsupported-format = { $format } pictures cannot be read; save it as JPEG or PNG and send it again.
error-damaged-picture = The picture is damaged or was cut off on its way; send it again.
error-picture-too-small = The picture is too small ({ $width }×{ $height }); each side needs { $minimum } pixels.
error-picture-too-large = The picture is too large ({ $width }×{ $height }); { $maximum } million pixels are the limit.
error-file-too-large = The file is too large ({ $size } MB); { $maximum } MB are the limit.
error-too-many-pictures = These are { $count } pictures; send at most { $maximum } at once.
error-address-refused = This address is not opened; send an http or https address that everybody can see, or the picture itself.
error-address-unreachable = No picture could be had from { $host }; check the address, or send the picture itself.
error-catalogue = The catalogue cannot answer this.
error-empty-catalogue = The catalogue is empty; fill it with `grimche import DIR` or `grimche scrape --source sample`.
error-webtoon-not-found = No webtoon in the catalogue is called “{ $title }”; try a part of its title.
error-artist-not-found = “{ $alias }” and “{ $artist }” cannot be joined: one of them is no artist of the catalogue.
error-folder = { $folder } cannot be imported: { $fault }
error-storage = The database { $path } cannot be used: { $fault }
error-database-locked = Another process is writing to { $path }; try again in a moment.
error-database-read-only = { $path } may not be written; give this user write permission to its folder.
error-database-corrupt = { $path } is damaged; put a backup in its place (see `grimche backup`).
error-database-foreign = { $path } is not a Grimche database; choose another GRIMCHE_DATA folder.
error-database-newer = { $path } was written by a newer Grimche (version { $found }); update Grimche.
error-disk-full = The disk that holds { $path } is full; free some space and try again.
error-generation = Generation { $generation } cannot be used.
error-generation-missing = Generation { $generation } is incomplete: { $file } is missing.
error-generation-corrupt = Generation { $generation } is damaged ({ $file }); install it again.
error-generation-mismatch = Generation { $generation } does not fit: { $fault }
error-training = Training is not possible: { $fault }
error-source = { $platform } cannot be read: { $fault }
error-gated = { $platform } shows { $where } only to readers who log in.
error-not-there-any-more = { $platform } has nothing at { $where }.
error-no-answer = { $platform } gave no usable answer: { $host } { $fault }.
error-shape-changed = { $platform } has changed its interface: { $field } of { $where } is not as it was.
error-run-ended = Nothing more could be had of { $platform }.
error-host-refused = { $platform } wants no more requests: { $host } { $fault }; wait a day, and lower the rate.
error-robots-forbid = { $platform } does not want { $path } to be fetched: the robots.txt of { $host } forbids it.
error-host-unreachable = { $platform } does not answer: { $host } { $fault }; try again later.
error-budget-spent = The run has made the { $maximum } requests that it may; the next one continues.
error-cannot-listen = The web chat cannot listen on { $host }, port { $port }: { $fault }; choose another with --port.
error-file-not-writable = { $path } cannot be written: { $fault }
error-already-running = Another process is running this job ({ $job }); wait until it has finished.
error-busy = Many people are asking right now; please try again in a moment.
error-slow-down = That is a little fast; please ask again in { $seconds } s.
error-expired = This answer has been forgotten by now; please send the picture again.
error-banned = You cannot use this bot any more; its admins have decided so.
error-bad-request = The request is not understood; reload the page and try again.
error-forbidden = This address is not served here; open the page at the address that Grimche printed.
error-not-there = There is nothing at this address.
error-no-picture = No picture has arrived; choose at least one.
error-upload-too-large = The pictures are too large to send at once; { $maximum } MB are the limit.
error-not-handed-over = The chat network did not hand over the picture; please send it again.
error-token-refused = { $door } refuses the token; check { $setting }, or get a new token.
error-second-poller = Another process reads the messages of this bot; stop it, or use another token here.
error-webhook-cannot-listen = The webhook cannot listen on { $host }, port { $port }: { $fault }; choose another with GRIMCHE_TELEGRAM_WEBHOOK_PORT.
