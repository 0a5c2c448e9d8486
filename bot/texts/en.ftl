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

score-label = Score
score-value = { $percent }%

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
platform-folder = Own collection
platform-sample = Sample

# The web page ----------------------------------------------------------------------------------

web-title = Grimche
web-tagline = Send a picture, get the ten webtoons drawn most alike.
web-greeting = Hi! Send me a picture of a webtoon, and I will look for webtoons drawn in a similar style.
web-drop-hint = Drop, paste or choose pictures
web-drop-here = Drop the pictures here
web-choose = Choose pictures
web-take-photo = Take a photo
web-samples = Or try one of these
web-sample-label = Sample picture { $number }
web-search = Search by title
web-search-placeholder = Title or artist
web-search-empty = No title or artist like “{ $text }”.
web-more-like-this = More like this
web-thinking = Looking at the drawing…
web-send = Send
web-remove = Remove
web-close = Close
web-language = Language
web-theme = Appearance
web-theme-light = Light
web-theme-dark = Dark
web-theme-auto = Automatic
web-your-picture = Your picture
web-your-pictures = Your { $count } pictures
web-thumbnail-of = Thumbnail of “{ $title }”, episode { $episode }
web-save-sheet = Save the answer as a picture
web-offline = Grimche cannot be reached; is it still running?
web-footer = { $webtoons ->
    [one] One webtoon
   *[other] { $webtoons } webtoons
} by { $artists ->
    [one] one artist
   *[other] { $artists } artists
}, { $pictures ->
    [one] one thumbnail
   *[other] { $pictures } thumbnails
}.

# Errors: one sentence that says what was wrong and what to do ----------------------------------

error-unexpected = Something went wrong on our side; please try again.
error-reference = Something went wrong on our side (reference { $reference }); please try again.
error-settings = These settings need mending: { $faults }
error-picture = This picture cannot be used.
error-empty-file = The file is empty; send the picture again.
error-not-a-picture = This is not a picture; send a JPEG, PNG, WebP, GIF, BMP or AVIF file.
error-unsupported-format = { $format } pictures cannot be read; save it as JPEG or PNG and send it again.
error-damaged-picture = The picture is damaged or was cut off on its way; send it again.
error-picture-too-small = The picture is too small ({ $width }×{ $height }); each side needs { $minimum } pixels.
error-picture-too-large = The picture is too large ({ $width }×{ $height }); { $maximum } million pixels are the limit.
error-file-too-large = The file is too large ({ $size } MB); { $maximum } MB are the limit.
error-too-many-pictures = These are { $count } pictures; send at most { $maximum } at once.
error-catalogue = The catalogue cannot answer this.
error-empty-catalogue = The catalogue is empty; fill it with `grimche import DIR` or `grimche scrape --source sample`.
error-webtoon-not-found = No webtoon in the catalogue is called “{ $title }”; try a part of its title.
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
error-already-running = Another process is running this job ({ $job }); wait until it has finished.
error-busy = Many people are asking right now; please try again in a moment.
